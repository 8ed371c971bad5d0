/** Tests of what happens between processes: kills, takeovers, stalls, and what others do to the files. */
package io.nsqite.process;
