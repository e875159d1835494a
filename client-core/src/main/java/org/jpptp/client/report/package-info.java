/** All that is to be told of tunnels in one document: facts, whether they are ours or of a record; the words are the writer's. */
@NullMarked
package org.jpptp.client.report;

import org.jspecify.annotations.NullMarked;
