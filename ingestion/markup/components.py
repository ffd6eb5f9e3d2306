"""Components become headings and lines: what a reader of the page sees of them."""

from ingestion.markup.jsx import JsxTag

SECTIONS = frozenset(
    {
        *("Step", "Tab", "TabItem", "Accordion", "AccordionItem", "Collapse", "Collapsible"),
        *("Expandable", "Expander", "Details", "Update", "FAQ", "Question"),
    }
)
"""Components whose title heads what they hold."""

_FIELDS = {"ParamField", "ResponseField"}
_UNSEEN = {"Image", "Img", "Icon", "Video", "YouTube", "Head", "Snippet", "Script", "Meta", "SEO"}
_TITLES = ("title", "label", "question", "header", "heading", "summary", "caption", "q")
_TEXTS = ("description", "subtitle", "text", "answer", "tip")
_CODE = ("code", "query")
_FIELD_NAMES = ("name", "path", "query", "body", "header")
MAX_LEVEL = 6
"""The deepest heading that Markdown has."""


def component_title(tag: JsxTag) -> str:
    """Return what the component shows above what it holds; may be empty."""
    if tag.name in _UNSEEN:
        return ""
    keys = _FIELD_NAMES if tag.name in _FIELDS else _TITLES
    title = next((tag.attributes[key] for key in keys if tag.attributes.get(key)), "")
    return " ".join(title.split())


def component_text(tag: JsxTag, level: int) -> str:
    """Return the Markdown that stands for the opening of a component below a heading of `level`."""
    if tag.name in _UNSEEN:
        return ""
    title = component_title(tag)
    text = " ".join(tag.attributes[key] for key in _TEXTS if tag.attributes.get(key))
    code = "".join(as_code(tag.attributes[key]) for key in _CODE if key in tag.attributes)
    if title and tag.name in SECTIONS:
        return f"\n\n{'#' * min(level + 1, MAX_LEVEL)} {title}\n\n{text}\n\n{code}"
    together = f"{title}: {text}" if title and text else title or text
    return f"\n\n{together}\n\n{code}" if together else code


def as_code(text: str) -> str:
    """Return `text` as a code block if it has several lines; inline as it is."""
    return f"\n\n~~~~\n{text}\n~~~~\n\n" if "\n" in text else text
