import json

import httpx

from evals.patient_client import PatientClient
from evals.remote_help_centre import read_help_centre

IDS = [f"a{number}" for number in range(1001)]


def _answered(request: httpx.Request) -> httpx.Response:
    """Answer as an API with all of the articles does, which lists a thousand at once at most."""
    asked = request.url.params
    if request.url.path == "/v1/articles":
        offset, limit = int(asked["offset"]), min(int(asked["limit"]), 1000)
        page = IDS[offset : offset + limit]
        return httpx.Response(
            200, json=[{"article": one, "title": one, "url": None} for one in page]
        )
    article = request.url.path.rpartition("/")[2]
    body = {"article": article, "title": article, "url": None, "updated": None, "body": "Free."}
    return httpx.Response(200, content=json.dumps(body))


class TestReadHelpCentre:
    async def test_reads_on_after_a_thousand_articles(self) -> None:
        transport = httpx.MockTransport(_answered)
        async with httpx.AsyncClient(transport=transport, base_url="http://api") as http:
            served = await read_help_centre(PatientClient(http), "g1", is_admin=False)

        assert list(served.articles) == IDS
