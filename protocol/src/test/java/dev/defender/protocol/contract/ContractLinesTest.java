/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.defender.protocol.v1.Gap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That each kind of breaking change does take a line away, and an addition does not. */
class ContractLinesTest {
    private static final int GAP = Gap.getDescriptor().getIndex();
    private static final FileDescriptorProto BEFORE =
            Gap.getDescriptor().getFile().toProto();

    enum Change {
        RENAMED(true, field -> field.setName("other")),
        RENUMBERED(true, field -> field.setNumber(99)),
        RETYPED(true, field -> field.setType(FieldDescriptorProto.Type.TYPE_BYTES)),
        RELABELLED(true, field -> field.setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)),
        UNCHANGED(false, field -> {});

        final boolean breaks;
        final Consumer<FieldDescriptorProto.Builder> change;

        Change(boolean breaks, Consumer<FieldDescriptorProto.Builder> change) {
            this.breaks = breaks;
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLineGoesWhenAFieldIsChanged(Change change) {
        FileDescriptorProto.Builder after = BEFORE.toBuilder();
        change.change.accept(after.getMessageTypeBuilder(GAP).getFieldBuilder(0));
        assertThat(goneAfter(after)).hasSize(change.breaks ? 1 : 0);
    }

    @Test
    void aLineGoesWhenAFieldIsRemoved() {
        FileDescriptorProto.Builder after = BEFORE.toBuilder();
        after.getMessageTypeBuilder(GAP).removeField(0);
        assertThat(goneAfter(after)).hasSize(1);
    }

    @Test
    void noLineGoesWhenAFieldIsAdded() {
        FileDescriptorProto.Builder after = BEFORE.toBuilder();
        after.getMessageTypeBuilder(GAP)
                .addFieldBuilder()
                .setName("added")
                .setNumber(99)
                .setType(FieldDescriptorProto.Type.TYPE_UINT32);
        assertThat(goneAfter(after)).isEmpty();
    }

    private static SortedSet<String> goneAfter(FileDescriptorProto.Builder after) {
        SortedSet<String> gone = new TreeSet<>(Contract.of(List.of(BEFORE)));
        gone.removeAll(Contract.of(List.of(after.build())));
        return gone;
    }
}
