/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

import dev.defender.sensor.bundle.ContainerFacts;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The container of a cgroup and what is known of it, or that there is none. Event thread only. */
public final class Container {
    /** How much is known. Numbers of the protocol's ContextState. */
    public enum Context {
        FULL(1),
        /** Full, but earlier events had to go without. */
        LATE(2),
        MISSING(3);

        private final int number;

        Context(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    private static final byte[] NOTHING = {};

    /** A process of the host. */
    public static final Container HOST = new Container(NOTHING, "");

    private final byte[] id;
    private final String podUidOfPath;
    private @Nullable ContainerFacts facts;
    private Context context = Context.MISSING;
    private byte[] name = NOTHING;
    private byte[] image = NOTHING;
    private byte[] imageDigest = NOTHING;
    private byte[] podName = NOTHING;
    private byte[] namespace = NOTHING;
    private byte[] podUid;
    private final Map<String, byte[]> labels = new HashMap<>();
    private byte @Nullable [] encoded;

    /** @param podUidOfPath what the cgroup's path says; empty if nothing */
    Container(byte[] id, String podUidOfPath) {
        this.id = id;
        this.podUidOfPath = podUidOfPath;
        this.podUid = utf8(podUidOfPath);
    }

    /** Takes in what the runtime says. */
    void learn(ContainerFacts told, boolean late) {
        facts = told;
        context = !told.full() ? Context.MISSING : late ? Context.LATE : Context.FULL;
        name = utf8(told.name());
        image = utf8(told.image());
        imageDigest = utf8(told.imageDigest());
        podName = utf8(told.podName());
        namespace = utf8(told.podNamespace());
        podUid = utf8(told.podUid().isEmpty() ? podUidOfPath : told.podUid());
        labels.clear();
        told.labels().forEach((key, value) -> labels.put(key, utf8(value)));
        encoded = null;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the runtime said; null if nothing. */
    public @Nullable ContainerFacts facts() {
        return facts;
    }

    public Context context() {
        return context;
    }

    /** The runtime's id, ASCII; empty on the host. No array of this class is to be changed. */
    public byte[] id() {
        return id;
    }

    public boolean host() {
        return id.length == 0;
    }

    /** UTF-8, empty if not known; so are the others. */
    public byte[] name() {
        return name;
    }

    public byte[] image() {
        return image;
    }

    public byte[] imageDigest() {
        return imageDigest;
    }

    public byte[] podName() {
        return podName;
    }

    public byte[] namespace() {
        return namespace;
    }

    public byte[] podUid() {
        return podUid;
    }

    /** Value of a label of the pod; null if it has none of that name, or its labels are not known. */
    public byte @Nullable [] label(String key) {
        return labels.get(key);
    }

    /** The encoder's own: the message, until something changes. */
    public byte @Nullable [] encoded() {
        return encoded;
    }

    public void encoded(byte[] message) {
        encoded = message;
    }
}
