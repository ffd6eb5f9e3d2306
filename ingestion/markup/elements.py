"""Which names between angle brackets are HTML, and which only stand for something."""

ELEMENTS = frozenset(
    {
        *("a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "base"),
        *("bdi", "bdo", "big", "blockquote", "body", "br", "button", "canvas", "caption"),
        *("center", "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del", "details"),
        *("dfn", "dialog", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure"),
        *("font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header"),
        *("hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend"),
        *("li", "link", "main", "map", "mark", "menu", "meta", "meter", "nav", "noscript"),
        *("object", "ol", "optgroup", "option", "output", "p", "param", "picture", "pre"),
        *("progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "search", "section"),
        *("select", "slot", "small", "source", "span", "strike", "strong", "style", "sub"),
        *("summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th"),
        *("thead", "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr"),
    }
)
"""The element names of the HTML standard, current and obsolete."""

OPTIONAL_END = frozenset(
    {
        *("br", "dd", "dt", "hr", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "wbr"),
    }
)
"""Elements that may stand without attributes and without an end tag."""

SWALLOWED = frozenset({"script", "style", "svg", "iframe", "video", "audio", "object", "canvas"})
"""Elements that are taken out with all they hold."""
