/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import static dev.defender.rules.field.FieldSource.MISSING;

import dev.defender.rules.field.Field;
import dev.defender.rules.field.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields {@code fd.*}. */
final class FdFields {
    private static final byte[] TCP = Bytes.ascii("tcp");
    private static final byte[] UDP = Bytes.ascii("udp");
    private static final byte[] ICMP = Bytes.ascii("icmp");
    private static final byte[] RAW = Bytes.ascii("raw");
    private static final byte[] IP = Bytes.ascii("ip");
    private static final byte[] UNIX = Bytes.ascii("unix");
    private static final byte[] FILE = Bytes.ascii("file");
    private static final byte[] DIRECTORY = Bytes.ascii("directory");
    private static final byte[] IPV4 = Bytes.ascii("ipv4");
    private static final byte[] IPV6 = Bytes.ascii("ipv6");
    private static final byte[] PIPE = Bytes.ascii("pipe");
    private static final byte[] SLASH = Bytes.ascii("/");
    private static final byte[][] CHARACTERS = new byte[128][];

    static {
        for (int i = 0; i < CHARACTERS.length; i++) {
            CHARACTERS[i] = new byte[] {(byte) i};
        }
    }

    private static final TextReader CLIENT_IP = (event, into) -> event.source().text(Field.FD_CIP, 0, into);
    private static final TextReader SERVER_IP = (event, into) -> event.source().text(Field.FD_SIP, 0, into);
    private static final TextReader LOCAL_IP =
            (event, into) -> event.source().text(isServer(event) ? Field.FD_SIP : Field.FD_CIP, 0, into);
    private static final TextReader REMOTE_IP =
            (event, into) -> event.source().text(isServer(event) ? Field.FD_CIP : Field.FD_SIP, 0, into);
    private static final NumberReader CLIENT_PORT = event -> event.source().number(Field.FD_CPORT, 0);
    private static final NumberReader SERVER_PORT = event -> event.source().number(Field.FD_SPORT, 0);

    private FdFields() {}

    static List<FieldSpec> all() {
        return List.of(
                FieldSpec.number("fd.num", event -> event.source().number(Field.FD_NUM, 0)),
                FieldSpec.text("fd.name", SocketName::read),
                FieldSpec.text("fd.directory", FdFields::directory),
                FieldSpec.text("fd.filename", FdFields::fileName),
                FieldSpec.text("fd.typechar", FdFields::typeCharacter),
                FieldSpec.text("fd.type", (event, into) -> shown(typeName(event), into)),
                FieldSpec.text("fd.sockfamily", (event, into) -> shown(socketFamily(event), into)),
                FieldSpec.text("fd.l4proto", (event, into) -> shown(protocol(event), into)),
                address("fd.cip", FieldType.ADDRESS, CLIENT_IP),
                address("fd.sip", FieldType.ADDRESS, SERVER_IP),
                address("fd.lip", FieldType.ADDRESS, LOCAL_IP),
                address("fd.rip", FieldType.ADDRESS, REMOTE_IP),
                address("fd.cnet", FieldType.NET, CLIENT_IP),
                address("fd.snet", FieldType.NET, SERVER_IP),
                address("fd.lnet", FieldType.NET, LOCAL_IP),
                address("fd.rnet", FieldType.NET, REMOTE_IP),
                new FieldSpec("fd.ip", FieldType.ADDRESS, new Access.EndAddress(CLIENT_IP, SERVER_IP), null, null),
                new FieldSpec("fd.net", FieldType.NET, new Access.EndAddress(CLIENT_IP, SERVER_IP), null, null),
                FieldSpec.number("fd.cport", CLIENT_PORT),
                FieldSpec.number("fd.sport", SERVER_PORT),
                FieldSpec.number("fd.lport", event -> (isServer(event) ? SERVER_PORT : CLIENT_PORT).read(event)),
                FieldSpec.number("fd.rport", event -> (isServer(event) ? CLIENT_PORT : SERVER_PORT).read(event)),
                new FieldSpec("fd.port", FieldType.NUMBER, new Access.EndPort(CLIENT_PORT, SERVER_PORT), null, null),
                FieldSpec.flag("fd.is_server", event -> event.source().number(Field.FD_IS_SERVER, 0)),
                FieldSpec.flag("fd.connected", event -> event.source().number(Field.FD_CONNECTED, 0)),
                FieldSpec.number("fd.ino", event -> event.source().number(Field.FD_INO, 0)),
                FieldSpec.flag("fd.is_upper_layer", event -> event.source().number(Field.FD_UPPER_LAYER, 0)));
    }

    private static FieldSpec address(String name, FieldType type, TextReader reader) {
        return new FieldSpec(name, type, new Access.Text(reader), null, null);
    }

    private static boolean isServer(Occurrence event) {
        return event.source().number(Field.FD_IS_SERVER, 0) == 1;
    }

    private static boolean directory(Occurrence event, Slice into) {
        if (!event.source().text(Field.FD_NAME, 0, into)) {
            return false;
        }
        int behindSlash = Bytes.behindLastSlash(into);
        if (behindSlash == 1) {
            return Bytes.show(SLASH, into);
        }
        into.wrap(into.bytes(), into.offset(), Math.max(0, behindSlash - 1));
        return true;
    }

    private static boolean fileName(Occurrence event, Slice into) {
        if (!event.source().text(Field.FD_NAME, 0, into)) {
            return false;
        }
        int behindSlash = Bytes.behindLastSlash(into);
        into.wrap(into.bytes(), into.offset() + behindSlash, into.length() - behindSlash);
        return true;
    }

    private static boolean typeCharacter(Occurrence event, Slice into) {
        long character = event.source().number(Field.FD_TYPECHAR, 0);
        return character >= 0 && character < CHARACTERS.length && Bytes.show(CHARACTERS[(int) character], into);
    }

    private static byte @Nullable [] typeName(Occurrence event) {
        return switch ((int) event.source().number(Field.FD_TYPECHAR, 0)) {
            case 'f' -> FILE;
            case 'd' -> DIRECTORY;
            case '4' -> IPV4;
            case '6' -> IPV6;
            case 'u' -> UNIX;
            case 'p' -> PIPE;
            default -> null;
        };
    }

    private static byte @Nullable [] socketFamily(Occurrence event) {
        return switch ((int) event.source().number(Field.FD_TYPECHAR, 0)) {
            case '4', '6' -> IP;
            case 'u' -> UNIX;
            default -> null;
        };
    }

    private static byte @Nullable [] protocol(Occurrence event) {
        long protocol = event.source().number(Field.FD_L4PROTO, 0);
        if (protocol == MISSING) {
            return null;
        }
        return switch ((int) protocol) {
            case 6 -> TCP;
            case 17 -> UDP;
            case 1, 58 -> ICMP;
            default -> RAW;
        };
    }

    private static boolean shown(byte @Nullable [] constant, Slice into) {
        return constant != null && Bytes.show(constant, into);
    }
}
