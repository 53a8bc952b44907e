# In place of the official image, where none can be pulled: Debian's Prometheus, which is older and cannot ask Kubernetes for pods.
# Something else does that for it.
FROM node:26-bookworm-slim
WORKDIR /opt/prometheus
RUN apt-get update \
 && apt-get install --yes --no-install-recommends prometheus \
 && rm -rf /var/lib/apt/lists/* \
 && echo '{ "type": "module" }' >package.json \
 && npm install yaml@2.9.1
COPY prometheus-entrypoint.ts prometheus-discovery.ts ./
USER 65534:65534
EXPOSE 9090
ENTRYPOINT ["node", "/opt/prometheus/prometheus-entrypoint.ts"]
