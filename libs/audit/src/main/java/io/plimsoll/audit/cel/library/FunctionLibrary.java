package io.plimsoll.audit.cel.library;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.parser.CelParserBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Functions under the names and overloads of the API server. A function fails by {@link IllegalArgumentException} or
 * {@link ArithmeticException}, which the expression that calls it fails with. Immutable once built.
 */
final class FunctionLibrary implements CelCompilerLibrary, CelRuntimeLibrary {

    private final Map<String, List<CelOverloadDecl>> declarations;
    private final List<CelFunctionBinding> bindings;

    private FunctionLibrary(Builder builder) {
        this.declarations = Map.copyOf(builder.declarations);
        this.bindings = List.copyOf(builder.bindings);
    }

    static Builder builder() {
        return new Builder();
    }

    @Override
    public void setCheckerOptions(CelCheckerBuilder builder) {
        declarations.forEach((name, overloads) ->
                builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
    }

    @Override
    public void setParserOptions(CelParserBuilder builder) {}

    @Override
    public void setRuntimeOptions(CelRuntimeBuilder builder) {
        builder.addFunctionBindings(bindings);
    }

    /** Not safe for use by two threads at once. */
    static final class Builder {

        private final Map<String, List<CelOverloadDecl>> declarations = new LinkedHashMap<>();
        private final List<CelFunctionBinding> bindings = new ArrayList<>();

        /** {@code name()}. */
        Builder global(String name, CelType result, CelFunctionOverload body) {
            declare(name, CelOverloadDecl.newGlobalOverload(name, result));
            bindings.add(CelFunctionBinding.from(name, List.of(), body));
            return this;
        }

        /** {@code name(a)}. */
        <A> Builder global(
                String name, String overload, CelType result, Parameter<A> a, CelFunctionOverload.Unary<A> body) {
            declare(name, CelOverloadDecl.newGlobalOverload(overload, result, a.type()));
            bindings.add(CelFunctionBinding.from(overload, a.java(), body));
            return this;
        }

        /** {@code name(a, b)}. */
        <A, B> Builder global(
                String name,
                String overload,
                CelType result,
                Parameter<A> a,
                Parameter<B> b,
                CelFunctionOverload.Binary<A, B> body) {
            declare(name, CelOverloadDecl.newGlobalOverload(overload, result, a.type(), b.type()));
            bindings.add(CelFunctionBinding.from(overload, a.java(), b.java(), body));
            return this;
        }

        /** {@code a.name()}. */
        <A> Builder member(
                String name, String overload, CelType result, Parameter<A> a, CelFunctionOverload.Unary<A> body) {
            declare(name, CelOverloadDecl.newMemberOverload(overload, result, a.type()));
            bindings.add(CelFunctionBinding.from(overload, a.java(), body));
            return this;
        }

        /** {@code a.name(b)}. */
        <A, B> Builder member(
                String name,
                String overload,
                CelType result,
                Parameter<A> a,
                Parameter<B> b,
                CelFunctionOverload.Binary<A, B> body) {
            declare(name, CelOverloadDecl.newMemberOverload(overload, result, a.type(), b.type()));
            bindings.add(CelFunctionBinding.from(overload, a.java(), b.java(), body));
            return this;
        }

        /** {@code arguments[0].name(arguments[1], …)}. */
        Builder member(
                String name, String overload, CelType result, List<Parameter<?>> parameters, CelFunctionOverload body) {
            declare(
                    name,
                    CelOverloadDecl.newMemberOverload(
                            overload,
                            result,
                            parameters.stream().map(Parameter::type).toList()));
            return bind(overload, parameters, body);
        }

        /** A body for an overload that something else declares. */
        Builder bind(String overload, List<Parameter<?>> parameters, CelFunctionOverload body) {
            List<Class<?>> classes = new ArrayList<>(parameters.size());
            parameters.forEach(parameter -> classes.add(parameter.java()));
            bindings.add(CelFunctionBinding.from(overload, classes, body));
            return this;
        }

        FunctionLibrary build() {
            return new FunctionLibrary(this);
        }

        private void declare(String name, CelOverloadDecl overload) {
            declarations.computeIfAbsent(name, each -> new ArrayList<>()).add(overload);
        }
    }
}
