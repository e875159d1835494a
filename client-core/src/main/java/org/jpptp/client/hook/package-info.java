/** Programs of the user's that are run as a tunnel comes and goes: {@link org.jpptp.client.hook.HookCommand}. */
@NullMarked
package org.jpptp.client.hook;

import org.jspecify.annotations.NullMarked;
