"""What the content editor finds first: which generation serves."""

from fastapi import APIRouter

from app.api.admin.desk import AtDesk
from app.api.admin.schemas import Overview
from knowledge_base.errors import NoGenerationError

router = APIRouter()


@router.get("")
def say_what_serves(desk: AtDesk) -> Overview:
    """Return which generation of the index serves, if one does."""
    try:
        return Overview(generation=desk.articles.current())
    except NoGenerationError:
        return Overview(generation=None)
