package io.plimsoll.audit.cel;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.parser.CelParserBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import io.plimsoll.audit.guardrail.review.BoundedPattern;
import io.plimsoll.audit.guardrail.review.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Functions that the API server adds to CEL: quantities, lists, and finding by regular expression. Its addresses, URLs,
 * formats and versions are not here, so an expression that uses them is not evaluated.
 */
final class KubernetesFunctions implements CelCompilerLibrary, CelRuntimeLibrary {

    private static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
    private static final CelType LIST = ListType.create(SimpleType.DYN);

    /** Made after the types that it is made of. */
    static final KubernetesFunctions LIBRARY = new KubernetesFunctions();

    private final Map<String, List<CelOverloadDecl>> declarations = new LinkedHashMap<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    /** A quantity; two spellings of one amount are equal. */
    record Amount(BigDecimal number) {
        Amount {
            number = number.stripTrailingZeros();
        }

        static Amount of(String text) {
            return new Amount(
                    Quantity.of(text).orElseThrow(() -> new IllegalArgumentException("no quantity: " + text)));
        }

        boolean whole() {
            return number.scale() <= 0;
        }
    }

    private KubernetesFunctions() {
        global("quantity", QUANTITY, Amount::of);
        global("isQuantity", SimpleType.BOOL, text -> Quantity.of(text).isPresent());
        ofQuantity("isInteger", SimpleType.BOOL, Amount::whole);
        ofQuantity("asInteger", SimpleType.INT, amount -> amount.number().longValueExact());
        ofQuantity(
                "asApproximateFloat",
                SimpleType.DOUBLE,
                amount -> amount.number().doubleValue());
        ofQuantity("sign", SimpleType.INT, amount -> (long) amount.number().signum());
        ofQuantities("isGreaterThan", SimpleType.BOOL, (a, b) -> a.number().compareTo(b.number()) > 0);
        ofQuantities("isLessThan", SimpleType.BOOL, (a, b) -> a.number().compareTo(b.number()) < 0);
        ofQuantities("compareTo", SimpleType.INT, (a, b) -> (long) a.number().compareTo(b.number()));
        ofQuantities("add", QUANTITY, (a, b) -> new Amount(a.number().add(b.number())));
        ofQuantities("sub", QUANTITY, (a, b) -> new Amount(a.number().subtract(b.number())));
        ofList("isSorted", SimpleType.BOOL, KubernetesFunctions::sorted);
        ofList("sum", SimpleType.DYN, KubernetesFunctions::sum);
        ofList("min", SimpleType.DYN, list -> extreme(list, -1));
        ofList("max", SimpleType.DYN, list -> extreme(list, 1));
        find();
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

    private void global(String name, CelType result, CelFunctionOverload.Unary<String> body) {
        String id = "kubernetes_" + name;
        declare(name, CelOverloadDecl.newGlobalOverload(id, result, SimpleType.STRING));
        bindings.add(CelFunctionBinding.from(id, String.class, body));
    }

    private void ofQuantity(String name, CelType result, CelFunctionOverload.Unary<Amount> body) {
        String id = "kubernetes_quantity_" + name;
        declare(name, CelOverloadDecl.newMemberOverload(id, result, QUANTITY));
        bindings.add(CelFunctionBinding.from(id, Amount.class, body));
    }

    private void ofQuantities(String name, CelType result, CelFunctionOverload.Binary<Amount, Amount> body) {
        String id = "kubernetes_quantity_" + name;
        declare(name, CelOverloadDecl.newMemberOverload(id, result, QUANTITY, QUANTITY));
        bindings.add(CelFunctionBinding.from(id, Amount.class, Amount.class, body));
    }

    private void ofList(String name, CelType result, CelFunctionOverload.Unary<List<?>> body) {
        String id = "kubernetes_list_" + name;
        declare(name, CelOverloadDecl.newMemberOverload(id, result, LIST));
        bindings.add(CelFunctionBinding.from(id, List.of(List.class), arguments -> body.apply((List<?>) arguments[0])));
    }

    private void find() {
        declare(
                "find",
                CelOverloadDecl.newMemberOverload(
                        "kubernetes_find", SimpleType.STRING, SimpleType.STRING, SimpleType.STRING));
        bindings.add(CelFunctionBinding.from("kubernetes_find", String.class, String.class, (text, pattern) -> {
            List<String> found = found(text, pattern, 1);
            return found.isEmpty() ? "" : found.getFirst();
        }));
        declare(
                "findAll",
                CelOverloadDecl.newMemberOverload(
                        "kubernetes_findAll",
                        ListType.create(SimpleType.STRING),
                        SimpleType.STRING,
                        SimpleType.STRING));
        bindings.add(CelFunctionBinding.from(
                "kubernetes_findAll",
                String.class,
                String.class,
                (text, pattern) -> found(text, pattern, Integer.MAX_VALUE)));
    }

    private void declare(String name, CelOverloadDecl overload) {
        declarations.computeIfAbsent(name, each -> new ArrayList<>()).add(overload);
    }

    private static List<String> found(String text, String pattern, int max) {
        return BoundedPattern.all(pattern, text, max)
                .orElseThrow(() -> new IllegalArgumentException("the pattern cannot be evaluated: " + pattern));
    }

    private static boolean sorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object sum(List<?> list) {
        if (list.stream().allMatch(Long.class::isInstance)) {
            return list.stream().mapToLong(Long.class::cast).reduce(0, Math::addExact);
        }
        return list.stream().mapToDouble(each -> ((Number) each).doubleValue()).sum();
    }

    private static Object extreme(List<?> list, int sign) {
        return list.stream()
                .<Object>map(each -> each)
                .reduce((a, b) -> compare(a, b) * sign >= 0 ? a : b)
                .orElseThrow(() -> new IllegalArgumentException("min and max need an item"));
    }

    private static int compare(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString()));
        }
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        throw new IllegalArgumentException("items that cannot be compared");
    }
}
