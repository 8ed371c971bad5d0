package io.nsqite.owner;

import io.nsqite.schema.TableUsers;
import io.nsqite.store.OwnerStore;
import io.nsqite.store.OwnerStore.Registered;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The owners that must be believed to live, before this process is one of them: all but those whose byte is free. One that holds its
 * byte in another side file can't be judged.
 */
final class LivingOwners implements TableUsers {

    private final OwnerStore owners;
    private final SideFile file;

    LivingOwners(OwnerStore owners, SideFile file) {
        this.owners = owners;
        this.file = file;
    }

    @Override
    public List<User> notKnowing(Connection transaction, int version) throws SQLException {
        List<User> living = new ArrayList<>();
        for (Registered other : owners.notKnowing(transaction, version)) {
            if (!isDead(other.owner())) {
                living.add(new User(other.owner().id(), other.library().version()));
            }
        }
        return living;
    }

    private boolean isDead(OwnerStore.Owner owner) throws SQLException {
        try {
            return owner.sideFileId().equals(file.id()) && file.isFree(owner.id());
        } catch (IOException e) {
            throw new SQLException("Whether owner %d lives can't be seen".formatted(owner.id()), e);
        }
    }
}
