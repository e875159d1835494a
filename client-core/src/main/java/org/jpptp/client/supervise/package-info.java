/**
 * When a tunnel that is lost is tried again, and when not: {@link org.jpptp.client.supervise.Supervisor} is pure, its time and
 * its randomness are handed in.
 */
@NullMarked
package org.jpptp.client.supervise;

import org.jspecify.annotations.NullMarked;
