# In place of the official image, where none can be pulled. The base is one that every Debian has; its Node is not used.
FROM node:26-bookworm-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends redis-server \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir /data
USER 999:999
WORKDIR /data
EXPOSE 6379
CMD ["redis-server"]
