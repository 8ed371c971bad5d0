package io.nsqite.docs;

interface MailService {
    void send(String to, String text);
}
