# In place of the official image, where none can be pulled: the same variables, the same folders.
FROM node:26-bookworm-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql postgresql-client \
 && rm -rf /var/lib/apt/lists/* /etc/postgresql /var/lib/postgresql/* \
 && ln -s /usr/lib/postgresql/* /usr/lib/postgresql/current \
 && echo 'postgres:x:999:999::/var/lib/postgresql:/bin/sh' >>/etc/passwd
ENV PATH=/usr/lib/postgresql/current/bin:$PATH
COPY postgres-entrypoint.sh /usr/local/bin/
USER 999:999
EXPOSE 5432
# What ends its sessions and stops, rather than waiting for clients.
STOPSIGNAL SIGINT
ENTRYPOINT ["postgres-entrypoint.sh"]
CMD ["postgres"]
