package io.nsqite.sample.notification;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the latest notifications. */
@RestController
class NotificationController {

    private final NotificationRepository notifications;

    NotificationController(NotificationRepository notifications) {
        this.notifications = notifications;
    }

    @GetMapping("/notifications")
    List<NotificationResponse> latest() {
        return notifications.findTop100ByOrderByActionIdDesc().stream()
                .map(Notification::toResponse)
                .toList();
    }
}
