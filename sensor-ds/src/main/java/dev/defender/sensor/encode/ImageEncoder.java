/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.encode;

import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.sensor.enrich.Redactor;
import dev.defender.sensor.enrich.Utf8Repair;
import dev.defender.sensor.state.EncodedImage;
import dev.defender.sensor.state.ProcessImage;
import dev.defender.sensor.state.ProcessTable;

/** Encodes what an image says of its process, secrets masked and text made valid, on first use. */
public final class ImageEncoder {
    private static final int MOST_COMMAND_BYTES = 8 * 1024;
    private static final int MOST_PATH_BYTES = 4 * 1024;

    private final ProcessTable table;
    private final Redactor redactor = new Redactor();
    private final Utf8Repair repair = new Utf8Repair();
    private final byte[] masked = new byte[16 * 1024];
    private final byte[] valid = new byte[MOST_COMMAND_BYTES];
    private final byte[] scratch = new byte[32 * 1024];
    private final ProtoWriter writer = new ProtoWriter();
    private int repaired;
    private long totalRepaired;

    /** @param table lends the arrays */
    public ImageEncoder(ProcessTable table) {
        this.table = table;
    }

    /** Secrets masked since the start. */
    public long redacted() {
        return redactor.total();
    }

    /** Texts cut or repaired since the start. */
    public long repaired() {
        return totalRepaired;
    }

    /** The image's fields; encodes them if that was not done yet. Afterwards its arguments are joined by blanks. */
    public EncodedImage encoded(ProcessImage image) {
        EncodedImage encoded = image.encoded();
        if (encoded.bytes() == null) {
            encode(image, encoded);
        }
        return encoded;
    }

    private void encode(ProcessImage image, EncodedImage encoded) {
        byte[] text = image.text();
        repaired = 0;
        writer.wrap(scratch, 0, scratch.length);
        string(3, text, 0, image.nameEnd(), MOST_PATH_BYTES);
        file(image);
        int brief = writer.length();
        commandLine(image, encoded);
        string(7, text, image.pathEnd(), image.directoryEnd(), MOST_PATH_BYTES);
        int session = writer.begin(8);
        writer.varint(1, Integer.toUnsignedLong(image.loginUid()));
        writer.varint(2, Integer.toUnsignedLong(image.tty()));
        writer.end(session);
        writer.varint(9, image.capEffective());
        writer.varint(10, image.capPermitted());
        writer.varint(11, image.capInheritable());
        string(14, text, image.nameEnd(), image.exeEnd(), MOST_PATH_BYTES);
        image.joinArguments();
        int length = writer.length();
        byte[] pooled = table.buffer(length, image);
        System.arraycopy(scratch, 0, pooled, 0, length);
        encoded.fill(pooled, brief, length, redactor.masked(), repaired);
        totalRepaired += repaired;
    }

    private void file(ProcessImage image) {
        int file = writer.begin(5);
        string(1, image.text(), image.argsEnd(), image.pathEnd(), MOST_PATH_BYTES);
        writer.varint(2, image.inode());
        writer.bool(3, image.upperLayer());
        writer.bool(4, image.memfd());
        writer.end(file);
    }

    private void commandLine(ProcessImage image, EncodedImage encoded) {
        byte[] text = image.text();
        int first = image.exeEnd() - image.nameEnd();
        System.arraycopy(text, image.nameEnd(), masked, 0, first);
        int args = redactor.copy(text, image.nameEnd(), image.exeEnd(), image.argsEnd(), masked, first + 1);
        int length = first;
        int argsAt = first;
        if (args > 0) {
            masked[first] = ' ';
            argsAt = first + 1;
            length = argsAt + args;
        }
        int validFirst = repair.copy(masked, 0, argsAt, valid, 0, MOST_COMMAND_BYTES);
        boolean changed = repair.repaired();
        int validArgs =
                repair.copy(masked, argsAt, length - argsAt, valid, validFirst, MOST_COMMAND_BYTES - validFirst);
        if (changed || repair.repaired()) {
            repaired++;
        }
        writer.bytes(4, valid, 0, validFirst + validArgs);
        encoded.args(writer.position() - validArgs, writer.position());
    }

    private void string(int field, byte[] text, int from, int to, int most) {
        int length = repair.copy(text, from, to - from, valid, 0, most);
        if (repair.repaired()) {
            repaired++;
        }
        writer.bytes(field, valid, 0, length);
    }
}
