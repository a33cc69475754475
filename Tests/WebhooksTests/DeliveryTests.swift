// SPDX-License-Identifier: Apache-2.0

// Messages that are not taken at once: case 11, what receivers ask for, and what is kept.

import Documents
import ServiceErrors
import Testing
import VigieLimits
import Webhooks

@Suite struct DeliveryTests {
    private func delivery(atSeconds now: Int64 = 0) throws -> WebhookDelivery {
        let message = try WebhookMessage(identifier: "msg_1", body: [])
        return WebhookDelivery(of: message, atMicroseconds: microseconds(now), .standard)
    }

    private func after(
        _ status: Int,
        _ retryAfter: String? = nil,
        atSeconds now: Int64 = 0,
        jitter: Double = 0
    ) throws -> (WebhookDelivery, WebhookConsequence) {
        var delivery = try delivery(atSeconds: now)
        let consequence = delivery.take(
            .status(status, retryAfter: retryAfter),
            atMicroseconds: microseconds(now),
            .standard,
            jitter: jitter
        )
        return (delivery, consequence)
    }

    private func waitSeconds(
        _ status: Int,
        _ retryAfter: String?,
        atSeconds now: Int64 = 0
    ) throws -> Int64 {
        let (delivery, _) = try after(status, retryAfter, atSeconds: now)
        return delivery.nextMicroseconds / 1_000_000 - now
    }

    @Test func triesAreAtTheTimesOfTheCase() throws {
        let (input, expected) = try WebhookCase.read("11-webhook-retries")
        let delays = try input.member("delays_s").integers().map(Int64.init)
        #expect(delays == RetrySchedule.standard.delaysSeconds)
        let wanted = try expected.member("time_since_start_s").integers().map(Int64.init)
        let statuses = try expected.member("not_success").integers()
        let start: Int64 = 1_700_000_000
        var delivery = try delivery(atSeconds: start)
        var (tries, last): ([Int64], WebhookConsequence) = ([], .isOver)
        var endpoint = WebhookEndpoint()
        while endpoint.takesMessages {
            tries.append(delivery.nextMicroseconds)
            let status = statuses[tries.count % statuses.count]
            last = delivery.take(
                .status(status, retryAfter: nil),
                atMicroseconds: delivery.nextMicroseconds,
                .standard,
                jitter: 0
            )
            let notice = endpoint.take(last)
            #expect((notice == nil) == (last != .endpointPaused))
            #expect(delivery.identifier == "msg_1")
        }
        #expect(tries == wanted.map { microseconds(start + $0) })
        #expect(last == .endpointPaused && delivery.state == .kept && delivery.tries == 10)
        // Kept for a replay, with the same identifier.
        delivery.replay(atMicroseconds: 7, .standard)
        #expect(delivery.state == .waiting && delivery.tries == 0)
        #expect(delivery.nextMicroseconds == 7 && delivery.identifier == "msg_1")
    }

    @Test func onlyTwoHundredsAreSuccess() throws {
        let (_, expected) = try WebhookCase.read("11-webhook-retries")
        for status in 200...299 { #expect(try after(status).1 == .delivered) }
        for status in try expected.member("not_success").integers() + [100, 199, 300, 307, 0, -1] {
            let (delivery, consequence) = try after(status)
            #expect(consequence == .again(atMicroseconds: 5_000_000), "\(status)")
            #expect(delivery.lastStatus == status)
        }
        var delivery = try delivery()
        let consequence = delivery.take(.none, atMicroseconds: 0, .standard, jitter: 0)
        #expect(consequence == .again(atMicroseconds: 5_000_000) && delivery.lastStatus == nil)
    }

    @Test func anEndpointThatIsGoneIsDisabled() throws {
        let (gone, consequence) = try after(410, "120")
        #expect(consequence == .endpointDisabled && gone.state == .kept)
        var endpoint = WebhookEndpoint()
        #expect(endpoint.take(.delivered) == nil && endpoint.resume() == nil)
        #expect(endpoint.take(.endpointPaused) == .paused)
        #expect(endpoint.take(.endpointPaused) == nil, "an operator is told once")
        #expect(endpoint.take(.endpointDisabled) == .disabled)
        #expect(endpoint.take(.endpointDisabled) == nil && endpoint.take(.endpointPaused) == nil)
        #expect(!endpoint.takesMessages && endpoint.state == .disabled)
        #expect(endpoint.resume() == .resumed && endpoint.takesMessages)
    }

    @Test func whatIsOverStaysAsItIs() throws {
        var (delivered, _) = try after(204)
        let before = delivered
        let late = delivered.take(
            .status(500, retryAfter: nil),
            atMicroseconds: 9,
            .standard,
            jitter: 0
        )
        #expect(late == .isOver && delivered == before)
    }

    @Test(arguments: [429, 502, 503, 504])
    func receiversAreLeftAlone(_ status: Int) throws {
        #expect(try waitSeconds(status, "120") == 120)
        #expect(try waitSeconds(status, " 120\t") == 120)
        #expect(try waitSeconds(status, "2") == 5, "the schedule is the least")
        let most = Int64(WebhookLimits.retryDelaySeconds)
        #expect(try waitSeconds(status, "99999999999999999999999") == most)
        for bad in ["", "-1", "1.5", "soon", "1e9", "Sun, 32 Nov 1994 08:49:37 GMT", "0x10"] {
            #expect(try waitSeconds(status, bad) == 5, "\(bad)")
        }
        #expect(try waitSeconds(500, "120") == 5, "only those that mean it")
        // 2026-11-30 12:00:00 UTC; all three forms, two minutes later.
        let now: Int64 = 1_796_040_000
        for date in [
            "Mon, 30 Nov 2026 12:02:00 GMT", "Monday, 30-Nov-26 12:02:00 GMT",
            "Mon Nov 30 12:02:00 2026",
        ] {
            #expect(try waitSeconds(status, date, atSeconds: now) == 120, "\(date)")
        }
        #expect(try waitSeconds(status, "Mon, 30 Nov 2026 11:00:00 GMT", atSeconds: now) == 5)
        for bad in [
            "Mon, 30 Nov 2026 12:02:00 CET", "Mon, 30 Nov 2026 24:02:00 GMT",
            "Mon, 30 nov 2026 12:02:00 GMT", "Mon, 31 Nov 2026 12:02:00 GMT",
            "Mon, 30 Nov 2026 12:02 GMT", "Monday, 30-Nov-2026 12:02:00 GMT",
        ] {
            #expect(try waitSeconds(status, bad, atSeconds: now) == 5, "\(bad)")
        }
    }

    @Test func jitterOnlyAdds() throws {
        #expect(try after(500, jitter: 1).0.nextMicroseconds == 5_500_000)
        #expect(try after(500, jitter: 0.5).0.nextMicroseconds == 5_250_000)
        for jitter in [-1, Double.nan, -Double.infinity] {
            #expect(try after(500, jitter: jitter).0.nextMicroseconds == 5_000_000)
        }
        #expect(try after(500, jitter: .infinity).0.nextMicroseconds == 5_500_000)
        let (late, _) = try after(500, "60", atSeconds: Int64.max / 1_000_000)
        #expect(late.nextMicroseconds == .max)
    }

    @Test func schedulesOfOperatorsAreHeld() throws {
        let own = try RetrySchedule(delaysSeconds: [3, 4])
        let message = try WebhookMessage(identifier: "msg_1", body: [])
        var delivery = WebhookDelivery(of: message, atMicroseconds: 0, own)
        #expect(delivery.nextMicroseconds == 3_000_000)
        #expect(
            delivery.take(.none, atMicroseconds: 3_000_000, own, jitter: 0)
                == .again(atMicroseconds: 7_000_000)
        )
        #expect(delivery.take(.none, atMicroseconds: 7_000_000, own, jitter: 0) == .endpointPaused)
        let most = Int64(WebhookLimits.retryDelaySeconds)
        let many = [Int64](repeating: 1, count: WebhookLimits.tries)
        _ = try RetrySchedule(delaysSeconds: many)
        for bad in [[], [-1], [most + 1], many + [1]] {
            #expect(throws: ServiceError.self) { try RetrySchedule(delaysSeconds: bad) }
        }
    }

    @Test func whatIsKeptIsReadBack() throws {
        var delivery = try delivery(atSeconds: 5)
        for _ in 0..<12 {
            #expect(WebhookDelivery(delivery.text) == delivery)
            _ = delivery.take(
                .status(503, retryAfter: nil),
                atMicroseconds: delivery.nextMicroseconds,
                .standard,
                jitter: 0
            )
        }
        #expect(delivery.text == "webhook-delivery/1 msg_1 kept 10 272110000000 503")
        for bad in [
            "", "webhook-delivery/2 msg_1 kept 10 5 503", "webhook-delivery/1 m.1 kept 10 5 503",
            "webhook-delivery/1 msg_1 lost 10 5 503", "webhook-delivery/1 msg_1 kept -1 5 503",
            "webhook-delivery/1 msg_1 kept 33 5 503", "webhook-delivery/1 msg_1 kept 1 x 503",
            "webhook-delivery/1 msg_1 kept 1 5 x", "webhook-delivery/1 msg_1 kept 1 5 503 1",
        ] {
            #expect(WebhookDelivery(bad) == nil, "\(bad)")
        }
        let bytes = Array(delivery.text.utf8)
        for place in bytes.indices {
            for byte in [bytes[place] ^ 1, 0x20, 0x2D, 0x30, 0x39, 0xFF] {
                var changed = bytes
                changed[place] = byte
                let text = String(decoding: changed, as: UTF8.self)
                guard var read = WebhookDelivery(text) else { continue }
                #expect(WebhookDelivery(read.text) == read, "\(text)")
                for now in [Int64.min, 0, .max] {
                    read.replay(atMicroseconds: now, .standard)
                    let late = WebhookAnswer.status(503, retryAfter: "9")
                    _ = read.take(late, atMicroseconds: now, .standard, jitter: 1)
                }
            }
        }
        var endpoint = WebhookEndpoint()
        for consequence in [WebhookConsequence.delivered, .endpointPaused, .endpointDisabled] {
            _ = endpoint.take(consequence)
            #expect(WebhookEndpoint(endpoint.text) == endpoint)
        }
        for bad in ["", "webhook-endpoint/1", "webhook-endpoint/2 active", "webhook-endpoint/1 on"]
        {
            #expect(WebhookEndpoint(bad) == nil, "\(bad)")
        }
    }
}
