/** What consumers can rely on, whatever the database; another database needs another {@link io.nsqite.behaviour.QueueUnderTest} only. */
package io.nsqite.behaviour;
