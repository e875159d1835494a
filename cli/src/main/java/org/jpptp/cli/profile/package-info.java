/** Profiles: small text files that say what {@code connect} is to do, in the words of its options. */
@NullMarked
package org.jpptp.cli.profile;

import org.jspecify.annotations.NullMarked;
