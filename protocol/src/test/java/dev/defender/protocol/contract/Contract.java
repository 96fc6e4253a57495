/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** A schema as sorted lines, one per promise: {@code defender.v1.Gap.count = 11 uint64}. */
final class Contract {
    private final SortedSet<String> lines = new TreeSet<>();

    private Contract() {}

    static SortedSet<String> of(Collection<FileDescriptorProto> files) {
        Contract contract = new Contract();
        for (FileDescriptorProto file : files) {
            file.getMessageTypeList().forEach(type -> contract.message(file.getPackage(), type));
            file.getEnumTypeList().forEach(type -> contract.enumeration(file.getPackage(), type));
        }
        return contract.lines;
    }

    private void message(String scope, DescriptorProto type) {
        String name = scope + "." + type.getName();
        for (FieldDescriptorProto field : type.getFieldList()) {
            lines.add("%s.%s = %d %s".formatted(name, field.getName(), field.getNumber(), kind(type, field)));
        }
        type.getReservedRangeList()
                .forEach(range ->
                        lines.add("%s reserved %d to %d".formatted(name, range.getStart(), range.getEnd() - 1)));
        type.getReservedNameList().forEach(reserved -> lines.add("%s reserved \"%s\"".formatted(name, reserved)));
        type.getNestedTypeList().forEach(nested -> message(name, nested));
        type.getEnumTypeList().forEach(nested -> enumeration(name, nested));
    }

    private static String kind(DescriptorProto type, FieldDescriptorProto field) {
        StringBuilder kind = new StringBuilder();
        switch (field.getLabel()) {
            case LABEL_REPEATED -> kind.append("repeated ");
            case LABEL_REQUIRED -> kind.append("required ");
            case LABEL_OPTIONAL -> {
                if (field.getProto3Optional()) {
                    kind.append("optional ");
                } else if (field.hasOneofIndex()) {
                    kind.append("oneof ")
                            .append(type.getOneofDecl(field.getOneofIndex()).getName())
                            .append(' ');
                }
            }
        }
        return kind.append(
                        field.hasTypeName()
                                ? field.getTypeName().substring(1)
                                : field.getType()
                                        .name()
                                        .substring("TYPE_".length())
                                        .toLowerCase(Locale.ROOT))
                .toString();
    }

    private void enumeration(String scope, EnumDescriptorProto type) {
        String name = scope + "." + type.getName();
        type.getValueList()
                .forEach(value -> lines.add("%s.%s = %d".formatted(name, value.getName(), value.getNumber())));
        type.getReservedRangeList()
                .forEach(range -> lines.add("%s reserved %d to %d".formatted(name, range.getStart(), range.getEnd())));
        type.getReservedNameList().forEach(reserved -> lines.add("%s reserved \"%s\"".formatted(name, reserved)));
    }
}
