package io.nsqite.spring.remote;

/** Serve channels for somebody outside of the application, from before its listeners start to before they stop. */
public interface RemoteConsumers {

    /** Begins, or begins again. */
    void start();

    /** Lets what is on its way end, and gives the channels back. */
    void stop();
}
