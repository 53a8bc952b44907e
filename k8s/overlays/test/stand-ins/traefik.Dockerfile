# In place of the official image, where none can be pulled: the program, which the folder that it is built from holds.
FROM node:26-bookworm-slim
COPY traefik /usr/local/bin/
USER 65532:65532
EXPOSE 80 443
ENTRYPOINT ["traefik"]
