package io.plimsoll.scanning.image;

import java.io.IOException;

/** An image, or a part of one, that is refused: the message names the part and the rule or bound it broke. */
public final class MalformedImage extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedImage(String message) {
        super(message);
    }
}
