/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import bpf4j.RecordHandler;
import dev.defender.sensor.ring.HostFacts;
import dev.defender.sensor.ring.LedgerLayout;
import dev.defender.sensor.ring.LedgerMaps;
import dev.defender.sensor.ring.RecordSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what another source delivers, and records it. Observation comes before recording: when the file cannot be written
 * any more (disk full), that is said once, the recording ends with what it has, and events go on.
 */
public final class RecordingSource implements RecordSource {
    private static final Logger LOG = LoggerFactory.getLogger("dev.defender.sensor.capture");

    private final RecordSource source;
    private final Path file;
    private @Nullable Recorder recorder;
    private @Nullable RecordHandler handler;
    private final RecordHandler tee = this::take;

    private RecordingSource(RecordSource source, Path file, Recorder recorder) {
        this.source = source;
        this.file = file;
        this.recorder = recorder;
    }

    /**
     * Creates the file, readable by its owner only, and takes ownership of the source.
     *
     * @throws IOException if the file exists already or cannot be made
     */
    public static RecordingSource start(RecordSource source, Path file, RecordingOptions options) throws IOException {
        return new RecordingSource(source, file, new Recorder(file, options, source.facts()));
    }

    /** Whether the recording goes on. */
    public boolean recording() {
        return recorder != null;
    }

    @Override
    public void initialTasks(RecordHandler handler) {
        this.handler = handler;
        source.initialTasks(tee);
        write(Recorder::tasksEnd);
    }

    private interface Step {
        void with(Recorder recorder) throws IOException;
    }

    private void write(Step step) {
        Recorder to = recorder;
        if (to != null) {
            try {
                step.with(to);
            } catch (IOException failed) {
                stop(to, failed);
            }
        }
    }

    @Override
    public int poll(RecordHandler handler, long timeoutNanos) {
        this.handler = handler;
        int taken = source.poll(tee, timeoutNanos);
        if (taken == 0) {
            write(Recorder::flush);
        }
        return taken;
    }

    private void take(ByteBuffer buffer, int offset, int length) {
        Recorder to = recorder;
        if (to != null) {
            try {
                to.take(buffer, offset, length);
            } catch (IOException failed) {
                stop(to, failed);
            }
        }
        RecordHandler next = handler;
        if (next != null) {
            next.onRecord(buffer, offset, length);
        }
    }

    private void stop(Recorder failing, IOException failed) {
        recorder = null;
        LOG.error("recording to {} ended, observation goes on: {}", file, failed.toString());
        close(failing);
    }

    private void close(Recorder ending) {
        try {
            ending.close();
        } catch (IOException failed) {
            LOG.warn("cannot close {}: {}", file, failed.toString());
        }
    }

    @Override
    public void wakeup() {
        source.wakeup();
    }

    @Override
    public boolean ended() {
        return source.ended();
    }

    @Override
    public LedgerMaps ledger() {
        return source.ledger();
    }

    @Override
    public HostFacts facts() {
        return source.facts();
    }

    /** Ends the recording in order, then closes the source. */
    @Override
    public void close() {
        Recorder ending = recorder;
        recorder = null;
        if (ending != null) {
            try {
                ending.end(ringLost());
            } catch (IOException failed) {
                LOG.error("the end of {} is missing: {}", file, failed.toString());
            }
            close(ending);
        }
        source.close();
    }

    private long ringLost() {
        long lost = 0;
        for (int cell = 0; cell < source.ledger().rows() * LedgerLayout.SLOTS; cell++) {
            lost += source.ledger().ringLost(cell);
        }
        return lost;
    }
}
