# In place of the official image, where none can be pulled: the same variables, the same folders.
FROM node:26-bookworm-slim
# The certificate that Debian's package would make is not used, and not every builder lets it be written.
RUN ln -s /bin/true /usr/sbin/make-ssl-cert \
 && dpkg-divert --local --no-rename --divert /usr/sbin/make-ssl-cert.debian --add /usr/sbin/make-ssl-cert \
 && apt-get update \
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
