"""Who writes the draft: quoting, which needs no model, or any LangChain chat model."""
