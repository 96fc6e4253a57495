/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param rules files and directories; empty = the rules that ship with the sensor
 * @param hostRun the host's {@code /run}, wherever it is mounted here
 * @param hostSnap the host's {@code /var/snap}
 * @param finishSeconds how long a stop waits for the publisher to hold everything
 * @param criSocket of the container runtime; null = it is not asked
 * @param record where to record a capture; null = nowhere
 * @param recordCgroup the one cgroup to observe, for a recording; null = all
 * @param replay capture to replay instead of observing this host; null = observe
 * @param recordedSpeed whether a replay keeps the recorded times; else as fast as it goes
 * @param probe whether to say what this host lets the sensor observe, and end
 */
record Options(
        Path socket,
        Path bpffs,
        List<Path> rules,
        String node,
        Path state,
        Path hostRun,
        Path hostSnap,
        @Nullable Path criSocket,
        int finishSeconds,
        @Nullable Path record,
        @Nullable String recordCgroup,
        boolean recordMask,
        @Nullable Path replay,
        boolean recordedSpeed,
        boolean probe,
        boolean help) {
    static final String HELP = """
            Usage: sensor [--key=value ...]
              --socket=PATH              the publisher's socket (/run/defender/publisher/sensor.sock)
              --bpffs=DIR                where counters are pinned, on a bpf file system (/sys/fs/bpf/defender)
              --rules=PATH[,PATH...]     rule files or directories (the rules that ship with the sensor)
              --node=NAME                name of this node (the host's name)
              --state=DIR                what must outlive the process (/var/lib/defender/sensor)
              --host-run=DIR             the host's /run, where container runtimes keep what they know (/run)
              --host-snap=DIR            the host's /var/snap, for MicroK8s (/var/snap)
              --finish=SECONDS           how long a stop waits for a publisher that is away, at most (5)
              --cri-socket=PATH          the runtime's socket: asked for labels of pods and digests of images (not asked)
              --record=FILE              record what the kernel delivers
              --record-cgroup=PATH       record this cgroup only: a directory, or its path below the mounts in /sys/fs/cgroup
              --record-mask              mask all arguments in the recording, not only secrets
              --replay=FILE              replay a recording instead of observing this host
              --replay-speed=recorded|full
              --probe                    say what can be observed here, and end
              --help
            """;

    /** A command line that cannot be used; the message is one sentence. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(String[] args) throws UsageException {
        Builder options = new Builder();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String key = equals < 0 ? arg : arg.substring(0, equals);
            options.set(key, equals < 0 ? null : arg.substring(equals + 1));
        }
        return options.build();
    }

    private static final class Builder {
        private Path socket = Path.of("/run/defender/publisher/sensor.sock");
        private Path bpffs = Path.of("/sys/fs/bpf/defender");
        private final List<Path> rules = new ArrayList<>();
        private String node = "";
        private Path state = Path.of("/var/lib/defender/sensor");
        private Path hostRun = Path.of("/run");
        private Path hostSnap = Path.of("/var/snap");
        private @Nullable Path criSocket;
        private int finishSeconds = 5;
        private @Nullable Path record;
        private @Nullable String recordCgroup;
        private boolean recordMask;
        private @Nullable Path replay;
        private boolean recordedSpeed = true;
        private boolean probe;
        private boolean help;

        private void set(String key, @Nullable String value) throws UsageException {
            switch (key) {
                case "--socket" -> socket = path(key, value);
                case "--bpffs" -> bpffs = path(key, value);
                case "--rules" -> List.of(text(key, value).split(",", -1)).forEach(p -> rules.add(Path.of(p)));
                case "--node" -> node = text(key, value);
                case "--state" -> state = path(key, value);
                case "--host-run" -> hostRun = path(key, value);
                case "--host-snap" -> hostSnap = path(key, value);
                case "--cri-socket" -> criSocket = path(key, value);
                case "--finish" -> finishSeconds = seconds(key, text(key, value));
                case "--record" -> record = path(key, value);
                case "--record-cgroup" -> recordCgroup = text(key, value);
                case "--record-mask" -> recordMask = value == null || bool(key, value);
                case "--replay" -> replay = path(key, value);
                case "--replay-speed" -> recordedSpeed = speed(text(key, value));
                case "--probe" -> probe = flag(key, value);
                case "--help" -> help = flag(key, value);
                default -> throw new UsageException("unknown option " + key + "; --help lists the options");
            }
        }

        private static String text(String key, @Nullable String value) throws UsageException {
            if (value == null || value.isEmpty()) {
                throw new UsageException(key + " needs a value: " + key + "=VALUE");
            }
            return value;
        }

        private static Path path(String key, @Nullable String value) throws UsageException {
            return Path.of(text(key, value));
        }

        private static boolean flag(String key, @Nullable String value) throws UsageException {
            if (value != null) {
                throw new UsageException(key + " takes no value");
            }
            return true;
        }

        private static boolean bool(String key, String value) throws UsageException {
            return switch (value) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new UsageException(key + " is true or false, not " + value);
            };
        }

        private static int seconds(String key, String value) throws UsageException {
            if (!value.matches("[0-9]{1,3}")) {
                throw new UsageException(key + " is a whole number of seconds up to 999, not " + value);
            }
            return Integer.parseInt(value);
        }

        private static boolean speed(String value) throws UsageException {
            return switch (value) {
                case "recorded" -> true;
                case "full" -> false;
                default -> throw new UsageException("--replay-speed is recorded or full, not " + value);
            };
        }

        private Options build() throws UsageException {
            if (replay != null && record != null) {
                throw new UsageException("--record and --replay exclude each other");
            }
            if (recordCgroup != null && record == null) {
                throw new UsageException("--record-cgroup needs --record=FILE");
            }
            return new Options(
                    socket,
                    bpffs,
                    List.copyOf(rules),
                    node,
                    state,
                    hostRun,
                    hostSnap,
                    criSocket,
                    finishSeconds,
                    record,
                    recordCgroup,
                    recordMask,
                    replay,
                    recordedSpeed,
                    probe,
                    help);
        }
    }
}
