package io.nsqite.admin;

import java.time.Instant;

/**
 * A process that uses the queue. One that died is among them for about a second, one that hangs until the lease ends.
 *
 * @param id its id, which no other process ever gets
 * @param libraryVersion the version of this library that it uses
 * @param startedAt when it came, by its clock
 */
public record OwnerStatus(long id, String libraryVersion, Instant startedAt) {}
