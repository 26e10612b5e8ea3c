/**
 * NATS JetStream tells the other server processes whose lists have changed.
 *
 * It carries names and no content: each process reads what is new from the database. A word that is lost, as when a
 * process dies between its commit and its word, is made up for by the look that `Streams` takes every few seconds.
 */
import {connect, DeliverPolicy, JSONCodec, nanos} from 'nats';

const STREAM = 'im_changes';
const SUBJECT = 'im.changes';
const codec = JSONCodec();

export async function openBus(servers, replicas, changed) {
  const connection = await connect({servers, maxReconnectAttempts: -1, reconnectTimeWait: 250, waitOnFirstConnect: true});
  const manager = await connection.jetstreamManager({timeout: 3000, checkAPI: false});
  await patiently(() => manager.streams.add({name: STREAM, subjects: [SUBJECT], num_replicas: replicas, max_age: nanos(600_000)}));
  const stream = connection.jetstream({timeout: 5000});
  let closed = false;
  void (async () => {
    while (!closed) {
      try {
        // In order, and from where it stood when a node has gone.
        const consumer = await stream.consumers.get(STREAM, {deliver_policy: DeliverPolicy.New});
        for await (const message of await consumer.consume()) changed(codec.decode(message.data));
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  })();
  return {
    async tell(userIds) {
      for (let tries = 0; tries < 20 && !closed; tries++) {
        try {
          await stream.publish(SUBJECT, codec.encode(userIds));
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
      }
    },
    async close() {
      closed = true;
      await connection.close();
    },
  };
}

/** Nodes that have just started have no leader yet. */
async function patiently(call) {
  for (let tries = 0; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (tries >= 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
