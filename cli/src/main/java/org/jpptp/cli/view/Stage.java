package org.jpptp.cli.view;

import java.util.Locale;

/** What a user waits for, one after the other, as the lines of the screen have it. */
public enum Stage {
    SERVER("connecting to the server"),
    CALL("asking for a call"),
    LINK("negotiating (LCP)"),
    IDENTITY("authenticating"),
    ENCRYPTION("negotiating (CCP)"),
    ADDRESSES("negotiating (IPCP)"),
    INTERFACE("configuring"),
    UP("up");

    private final String doing;

    Stage(String doing) {
        this.doing = doing;
    }

    /** In the first column. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is going on as long as it lasts. */
    public String doing() {
        return doing;
    }

    Stage next() {
        return switch (this) {
            case SERVER -> CALL;
            case CALL -> LINK;
            case LINK -> IDENTITY;
            case IDENTITY -> ENCRYPTION;
            case ENCRYPTION -> ADDRESSES;
            case ADDRESSES -> INTERFACE;
            case INTERFACE, UP -> UP;
        };
    }
}
