/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;

/** A component of a record that is read may be absent if it is {@link Nullable}; every other one must have a value. */
final class NullableIsOptional extends JacksonAnnotationIntrospector {
    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
        return member instanceof AnnotatedParameter parameter && !optional(parameter);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        return annotated instanceof AnnotatedParameter parameter && !optional(parameter)
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                : JsonSetter.Value.empty();
    }

    private static boolean optional(AnnotatedParameter parameter) {
        AnnotatedType[] types = ((Executable) parameter.getOwner().getAnnotated()).getAnnotatedParameterTypes();
        return types[parameter.getIndex()].isAnnotationPresent(Nullable.class);
    }
}
