/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.Access;
import dev.defender.rules.catalogue.FieldCatalogue;
import dev.defender.rules.catalogue.FieldSpec;
import dev.defender.rules.catalogue.FieldType;
import dev.defender.rules.condition.Transformer;
import dev.defender.rules.condition.Value.FieldReference;
import dev.defender.rules.condition.Value.Operand;
import dev.defender.rules.condition.Value.Transformation;
import dev.defender.rules.source.PositionedException;
import java.util.regex.Pattern;

/** Looks fields up in the catalogue and applies transformers. */
public final class OperandResolver {
    private static final Pattern DEPTH = Pattern.compile("[0-9]{1,2}");

    private OperandResolver() {}

    public static ResolvedOperand resolve(Operand operand) throws PositionedException {
        return switch (operand) {
            case FieldReference field -> field(field);
            case Transformation transformation -> transformation(transformation);
        };
    }

    /** @throws PositionedException if there is no such field or its argument is wrong */
    public static ResolvedOperand field(FieldReference field) throws PositionedException {
        FieldSpec spec = FieldCatalogue.find(field.name());
        if (spec == null) {
            if (FieldCatalogue.isKnownButNotCarried(field.name())) {
                return new ResolvedOperand(field.toString(), FieldType.TEXT, new Access.NotCarried());
            }
            throw new UnknownFieldException(
                    field.at(), "unknown field '" + field.name() + "'" + FieldCatalogue.hint(field.name()));
        }
        if (field.argument().isEmpty()) {
            return new ResolvedOperand(field.name(), spec.type(), spec.access());
        }
        if (spec.keyed() != null) {
            return new ResolvedOperand(
                    field.toString(), spec.type(), spec.keyed().apply(field.argument()));
        }
        if (spec.indexed() == null) {
            if (field.name().equals("proc.args")) {
                return new ResolvedOperand(field.toString(), FieldType.TEXT, new Access.NotCarried());
            }
            throw new PositionedException(field.at(), "field '" + field.name() + "' takes no argument");
        }
        if (!DEPTH.matcher(field.argument()).matches()) {
            throw new PositionedException(
                    field.at(), "the argument of '" + field.name() + "' is a number from 0 (the process itself) to 99");
        }
        int depth = Integer.parseInt(field.argument());
        return new ResolvedOperand(
                field.name() + "[" + depth + "]", spec.type(), spec.indexed().apply(depth));
    }

    private static ResolvedOperand transformation(Transformation transformation) throws PositionedException {
        Transformer transformer = transformation.transformer();
        if (transformation.arguments().size() != 1
                || !(transformation.arguments().get(0) instanceof Operand argument)) {
            throw notYet(transformation);
        }
        ResolvedOperand inner = resolve(argument);
        if (transformer == Transformer.VAL || inner.access() instanceof Access.NotCarried) {
            return inner;
        }
        if (!(inner.access() instanceof Access.Text text) || inner.type() != FieldType.TEXT) {
            throw new PositionedException(
                    transformation.at(),
                    transformer.symbol() + " is evaluated for fields with one text only; " + inner.key()
                            + " is not one");
        }
        String key = transformer.symbol() + "(" + inner.key() + ")";
        return switch (transformer) {
            case TOLOWER ->
                new ResolvedOperand(key, FieldType.TEXT, new Access.Text(TextTransformers.lower(text.reader())));
            case TOUPPER ->
                new ResolvedOperand(key, FieldType.TEXT, new Access.Text(TextTransformers.upper(text.reader())));
            case BASENAME ->
                new ResolvedOperand(key, FieldType.TEXT, new Access.Text(TextTransformers.baseName(text.reader())));
            case LEN ->
                new ResolvedOperand(key, FieldType.NUMBER, new Access.Number(TextTransformers.length(text.reader())));
            default -> throw notYet(transformation);
        };
    }

    private static PositionedException notYet(Transformation transformation) {
        return new PositionedException(
                transformation.at(),
                "transformer " + transformation.transformer().symbol()
                        + " with these arguments is not evaluated yet; evaluated are tolower, toupper, basename and len of"
                        + " one field");
    }
}
