import * as groups from '@airline/messaging/redis/group';

export * from '@airline/messaging/redis/group';

/** A group that is made again, as after a flush, begins with what is published from then on. */
export const withGroup: typeof groups.withGroup = (connection, member, work) =>
  groups.withGroup(
    {
      ...connection,
      run: (commands) =>
        connection.run((redis) => {
          const atTheEnd: typeof redis.xGroupCreate = (stream, group, _id, options) =>
            redis.xGroupCreate(stream, group, '$', options);
          return commands(Object.create(redis, { xGroupCreate: { value: atTheEnd } }));
        }),
    },
    member,
    work,
  );
