package org.jpptp.cli.usage;

import org.jpptp.client.Setting;
import org.jspecify.annotations.Nullable;

/** How settings are said to whoever would change them. */
@FunctionalInterface
public interface Wording {
    /** As options of the command. */
    Wording OPTIONS = OptionWords::of;

    /**
     * A setting, with the value that it should have.
     *
     * @param value null for the setting alone
     */
    String of(Setting setting, @Nullable String value);
}
