package io.plimsoll.kernel.declaration;

/**
 * The share of new development that goes into containers (L31.2); besides connectors the only way to adoption 5.
 *
 * @param ratio 0..1
 */
public record NewDevelopment(double ratio, String author, Validity validity) {

    public NewDevelopment {
        if (ratio < 0 || ratio > 1) {
            throw new IllegalArgumentException("ratio must lie between 0 and 1, not " + ratio);
        }
    }
}
