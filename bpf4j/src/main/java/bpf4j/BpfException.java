/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import java.util.Locale;

/**
 * Something that libbpf or the kernel refused. The message is made for a person: what was attempted on what, the error's name
 * and meaning, what to do, and the end of the verifier's log when there is one.
 */
public final class BpfException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LOG_CHARS_IN_MESSAGE = 2_000;

    private final Operation operation;
    private final String subject;
    private final int number;
    private final String log;
    private final String hint;

    BpfException(Operation operation, String subject, Errno errno, String log) {
        this(operation, subject, errno.number(), log);
    }

    /** {@code number} as errno or −errno. */
    BpfException(Operation operation, String subject, int number, String log) {
        this(operation, subject, Math.abs(number), log, Hints.of(operation, number, log, Capabilities.effective()));
    }

    private BpfException(Operation operation, String subject, int number, String log, String hint) {
        super(message(operation, subject, number, log, hint));
        this.operation = operation;
        this.subject = subject;
        this.number = number;
        this.log = log;
        this.hint = hint;
    }

    private static String message(Operation operation, String subject, int number, String log, String hint) {
        Errno errno = Errno.of(number);
        StringBuilder text = new StringBuilder()
                .append(operation.text())
                .append(' ')
                .append(subject)
                .append(": ")
                .append(name(errno, number))
                .append(" (")
                .append(errno.meaning())
                .append(')');
        if (!hint.isEmpty()) {
            text.append(". ").append(hint);
        }
        if (!log.isBlank()) {
            String end = log.strip();
            boolean cut = end.length() > LOG_CHARS_IN_MESSAGE;
            text.append(System.lineSeparator())
                    .append(cut ? "… " + end.substring(end.length() - LOG_CHARS_IN_MESSAGE) : end);
        }
        return text.toString();
    }

    private static String name(Errno errno, int number) {
        return errno == Errno.UNKNOWN ? String.format(Locale.ROOT, "error %d", number) : errno.name();
    }

    /** What was attempted. */
    public Operation operation() {
        return operation;
    }

    /** Name of the object, program, map or path that it was attempted on. */
    public String subject() {
        return subject;
    }

    /** The error, {@link Errno#UNKNOWN} when its number has no name here. */
    public Errno errno() {
        return Errno.of(number);
    }

    /** The positive error number. */
    public int number() {
        return number;
    }

    /** What libbpf and the verifier said during the attempt: at most 64 KiB, the end of it when it was longer; may be empty. */
    public String verifierLog() {
        return log;
    }

    /** One sentence about what to do, or empty. */
    public String hint() {
        return hint;
    }
}
