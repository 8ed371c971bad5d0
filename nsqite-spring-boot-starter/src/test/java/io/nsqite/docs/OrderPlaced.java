package io.nsqite.docs;

record OrderPlaced(String id, String email) {}
