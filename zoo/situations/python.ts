import type { Place } from "../place";
import type { Situation } from "../situation";
import { debian } from "../software";

const python = "/usr/bin/python3"; // Debian's, whatever else is on the path

async function gunicornWith(place: Place, text: string): Promise<string> {
  const port = await place.port();
  place.write("app.py", text);
  await place.run("gunicorn", ["-b", `127.0.0.1:${port}`, "-t", "2", "app:app"], { port });
  return place.behindTls(port);
}

async function uvicornWith(place: Place, text: string): Promise<string> {
  const port = await place.port();
  place.write("app.py", text);
  await place.run(python, ["-m", "uvicorn", "--port", String(port), "app:app"], { port });
  return place.behindTls(port);
}

/** Django in one file. */
const djangoWith = (place: Place, settings: string, view: string) =>
  gunicornWith(
    place,
    `from django.conf import settings
settings.configure(SECRET_KEY="x", ROOT_URLCONF=__name__, ${settings})
import django
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET
django.setup()
${view}
urlpatterns = [path("in", view), path("with-slash/", view)]
from django.core.wsgi import get_wsgi_application
app = get_wsgi_application()
`,
  );

const flaskWith = (place: Place, text: string) =>
  gunicornWith(place, `from flask import Flask, abort, request, redirect\napp = Flask(__name__)\n${text}\n`);
const fastapiWith = (place: Place, text: string) =>
  uvicornWith(
    place,
    `from fastapi import FastAPI, Header, HTTPException, Request\nfrom pydantic import BaseModel\napp = FastAPI()\n${text}\n`,
  );

const django = [debian("Django", "python3-django"), debian("gunicorn")];
const flask = [debian("Flask", "python3-flask"), debian("gunicorn")];
const fastapi = [debian("FastAPI", "python3-fastapi"), debian("uvicorn", "python3-uvicorn")];
const gunicorn = [debian("gunicorn")];

const view = `@csrf_exempt
def view(request): return HttpResponse("ok")`;
const anyHost = `ALLOWED_HOSTS=["*"]`;

export const inPython: Situation[] = [
  {
    name: "django-csrf",
    about: "Django, and the view is not exempt from CSRF protection",
    software: django,
    start: async (place) =>
      `${await djangoWith(place, `${anyHost}, MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"]`, 'def view(request): return HttpResponse("ok")')}/in`,
    expected: "csrf_protection",
  },
  {
    name: "django-csrf-debug",
    about: "Django with DEBUG, and the view is not exempt from CSRF protection",
    software: django,
    start: async (place) =>
      `${await djangoWith(place, `${anyHost}, DEBUG=True, MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"]`, 'def view(request): return HttpResponse("ok")')}/in`,
    expected: "csrf_protection",
  },
  {
    name: "django-allowed-hosts",
    about: "Django, and the host is not in ALLOWED_HOSTS",
    software: django,
    start: async (place) =>
      `${await djangoWith(place, 'ALLOWED_HOSTS=["www.northwind.example"], MIDDLEWARE=["django.middleware.common.CommonMiddleware"]', view)}/in`,
    expected: "host_not_allowed",
  },
  {
    name: "django-allowed-hosts-debug",
    about: "Django with DEBUG, and the host is not in ALLOWED_HOSTS",
    software: django,
    start: async (place) =>
      `${await djangoWith(place, 'DEBUG=True, ALLOWED_HOSTS=["www.northwind.example"], MIDDLEWARE=["django.middleware.common.CommonMiddleware"]', view)}/in`,
    expected: "host_not_allowed",
  },
  {
    name: "django-https-behind-tls",
    about: "Django behind a TLS proxy sends everything to https",
    software: django,
    start: async (place) =>
      `${await djangoWith(place, `${anyHost}, SECURE_SSL_REDIRECT=True, MIDDLEWARE=["django.middleware.security.SecurityMiddleware"]`, view)}/in`,
    expected: "https_not_seen",
  },
  {
    name: "django-append-slash",
    about: "Django in development adds the slash",
    software: django,
    start: async (place) =>
      `${await djangoWith(place, `${anyHost}, DEBUG=True, MIDDLEWARE=["django.middleware.common.CommonMiddleware"]`, view)}/with-slash`,
    expected: "slash_missing",
  },
  {
    name: "django-get-only",
    about: "Django's view takes GET alone",
    software: django,
    start: async (place) =>
      `${await djangoWith(place, anyHost, `@csrf_exempt\n@require_GET\ndef view(request): return HttpResponse("ok")`)}/in`,
    expected: "post_not_allowed",
  },
  {
    name: "django-crash",
    about: "Django with DEBUG, and the view fails",
    software: django,
    start: async (place) =>
      `${await djangoWith(place, `${anyHost}, DEBUG=True`, `@csrf_exempt\ndef view(request): return HttpResponse(request.POST["id"])`)}/in`,
    expected: "field_not_there",
  },
  {
    name: "flask-slash-behind-tls",
    about: "Flask behind a TLS proxy wants the slash",
    software: flask,
    start: async (place) => `${await flaskWith(place, `@app.post("/in/")\ndef view(): return "ok"`)}/in`,
    expected: "slash_behind_tls",
  },
  {
    name: "flask-get-only",
    about: "Flask's route takes GET alone",
    software: flask,
    start: async (place) => `${await flaskWith(place, `@app.get("/in")\ndef view(): return "ok"`)}/in`,
    expected: "post_not_allowed",
  },
  {
    name: "flask-signature-refused",
    about: "Flask refuses the signature with 400",
    software: flask,
    start: async (place) =>
      `${await flaskWith(place, `@app.post("/in")\ndef view(): return {"error": "invalid signature"}, 400`)}/in`,
    expected: "signature_refused",
  },
  {
    name: "flask-form-field",
    about: "Flask reads the JSON body as a form",
    software: flask,
    start: async (place) =>
      `${await flaskWith(place, `@app.post("/in")\ndef view(): return request.form["id"]`)}/in`,
    expected: "refused_400",
  },
  {
    name: "flask-stored-before-done",
    about: "Flask stores the event's id, fails, and answers the next attempt with 409",
    software: flask,
    attempts: 2,
    start: async (place) =>
      `${await flaskWith(
        place,
        `seen = set()
@app.post("/in")
def view():
    if request.json["id"] in seen: return {"error": "duplicate event"}, 409
    seen.add(request.json["id"])
    return request.json["no_such_field"]`,
      )}/in`,
    expected: "stored_before_done",
  },
  {
    name: "flask-slow",
    about: "gunicorn ends a worker that is slow for 2 s",
    software: flask,
    start: async (place) =>
      `${await flaskWith(place, `import time\n@app.post("/in")\ndef view():\n    time.sleep(30)\n    return "ok"`)}/in`,
    expected: "answer_cut_off",
  },
  {
    name: "fastapi-field-missing",
    about: "FastAPI's model has a field that events do not have",
    software: fastapi,
    start: async (place) =>
      `${await fastapiWith(place, `class Hook(BaseModel):\n    event: str\n    payload: dict\n@app.post("/in")\ndef view(hook: Hook): return "ok"`)}/in`,
    expected: "field_wanted",
  },
  {
    name: "fastapi-header-missing",
    about: "FastAPI wants a header that is not sent",
    software: fastapi,
    start: async (place) =>
      `${await fastapiWith(place, `@app.post("/in")\ndef view(x_api_key: str = Header()): return "ok"`)}/in`,
    expected: "header_wanted",
  },
  {
    name: "fastapi-slash-behind-tls",
    about: "FastAPI behind a TLS proxy wants no slash",
    software: fastapi,
    start: async (place) => `${await fastapiWith(place, `@app.post("/in")\ndef view(): return "ok"`)}/in/`,
    expected: "slash_behind_tls",
  },
  {
    name: "fastapi-signature-refused",
    about: "FastAPI refuses the signature with 401",
    software: fastapi,
    start: async (place) =>
      `${await fastapiWith(place, `@app.post("/in")\ndef view(): raise HTTPException(401, "Timestamp is too old")`)}/in`,
    expected: "timestamp_refused",
  },
  {
    name: "fastapi-for-github",
    about: "A handler made for GitHub",
    software: fastapi,
    start: async (place) =>
      `${await fastapiWith(place, `@app.post("/in")\ndef view(request: Request):\n    if "x-hub-signature-256" not in request.headers: raise HTTPException(400, "x-hub-signature-256 header is missing!")`)}/in`,
    expected: "other_sender_expected",
  },
  {
    name: "gunicorn-crash",
    about: "gunicorn, and the application raises",
    software: gunicorn,
    start: async (place) =>
      `${await gunicornWith(place, "def app(environ, start): raise KeyError('id')")}/in`,
    expected: "application_error",
  },
  {
    name: "python-http-server",
    about: "Python's http.server, which has files alone",
    software: [debian("Python", "python3")],
    start: async (place) => {
      const port = await place.port();
      await place.run(python, ["-m", "http.server", "-b", "127.0.0.1", String(port)], { port });
      return `${await place.behindTls(port)}/in`;
    },
    expected: "static_files",
  },
];
