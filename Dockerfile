# The mock sites, for several processes on PostgreSQL. Build it in a checkout:
#   docker build --tag checkout-conformance .
# The tag names the version; put the digest that your registry shows behind it to pin the content.
FROM python:3.11.13-slim-bookworm AS wheels
WORKDIR /build
COPY . .
# The lock has a hash for each package; pip installs of them what the sites need.
RUN python -m pip wheel --no-cache-dir --require-hashes --wheel-dir /wheels \
        --requirement requirements/dev.txt \
    && python -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.11.13-slim-bookworm
RUN useradd --uid 10001 --create-home sites \
    && install --directory --owner sites /data
COPY --from=wheels /wheels /wheels
RUN python -m pip install --no-cache-dir --no-index --find-links /wheels \
        "checkout-conformance[postgres]" \
    && rm -r /wheels
USER 10001
WORKDIR /home/sites
VOLUME /data
EXPOSE 8100 8101 8102 8103 8104
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8100/_health/ready')"]
ENTRYPOINT ["checkout-conformance", "serve", "--host", "0.0.0.0", "--data", "/data", "--log-format", "json"]
