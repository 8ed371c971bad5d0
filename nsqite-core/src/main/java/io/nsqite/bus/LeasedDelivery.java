package io.nsqite.bus;

/** A delivery with a lease. */
final class LeasedDelivery<T> extends OpenDelivery<T> {

    private final Leases leases;

    LeasedDelivery(Place place, T event, int attempt, Settling settling, Leases leases) {
        super(place, event, attempt, settling);
        this.leases = leases;
    }

    @Override
    public void touch() {
        leases.touch(this);
    }

    @Override
    void closed() {
        leases.end(this);
    }
}
