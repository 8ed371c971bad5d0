package io.nsqite.owner;

import java.util.Objects;

/** The version of this library, for people who look into the table of owners. */
final class Version {

    static final String OF_LIBRARY =
            Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");

    private Version() {}
}
