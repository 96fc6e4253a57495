/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.protocol.wire.RecordHeader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records of the publisher itself on their way into the urgent lane; they get their sequence there. Posted by any
 * thread, taken by the intake thread.
 */
public final class OwnRecords {
    /** One record that waits to become durable. */
    public static final class Pending {
        private final int recordClass;
        private final byte[] body;
        private final CountDownLatch durable = new CountDownLatch(1);

        private Pending(int recordClass, byte[] body) {
            this.recordClass = recordClass;
            this.body = body;
        }

        int recordClass() {
            return recordClass;
        }

        byte[] body() {
            return body;
        }

        void isDurable() {
            durable.countDown();
        }

        /** Waits until the record survives a power cut. */
        public void await() throws InterruptedException {
            durable.await();
        }

        /** The same, at most so long; whether it does. */
        public boolean await(long millis) throws InterruptedException {
            return durable.await(millis, TimeUnit.MILLISECONDS);
        }
    }

    private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
    private volatile Runnable wakeUp = () -> {};

    /** @param body the protobuf message, at most {@link RecordHeader#MAX_BODY_BYTES} */
    public Pending post(int recordClass, byte[] body) {
        if (body.length > RecordHeader.MAX_BODY_BYTES) {
            throw new IllegalArgumentException("a record's body of " + body.length + " bytes");
        }
        Pending pending = new Pending(recordClass, body);
        queue.add(pending);
        wakeUp.run();
        return pending;
    }

    void onPost(Runnable newWakeUp) {
        wakeUp = newWakeUp;
    }

    @Nullable
    Pending peek() {
        return queue.peek();
    }

    void remove() {
        queue.remove();
    }
}
