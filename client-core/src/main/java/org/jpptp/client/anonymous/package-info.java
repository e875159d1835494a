/** What identifies people, users, addresses and names of hosts, replaced in texts and packets, each always by the same. */
@NullMarked
package org.jpptp.client.anonymous;

import org.jspecify.annotations.NullMarked;
