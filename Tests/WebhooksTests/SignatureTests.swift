// SPDX-License-Identifier: Apache-2.0

// Secrets and signatures: case 10, and what is refused.

import Documents
import ServiceErrors
import Testing
import VigieLimits
import Webhooks

@Suite struct SignatureTests {
    private func secret(_ text: String) throws -> WebhookSecret { try WebhookSecret(text) }

    private let identifier = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    private let seconds: Int64 = 1_614_265_330
    private let body = Array("{\"test\": 2432232314}".utf8)

    @Test func signaturesAreThoseOfTheCase() throws {
        let (input, expected) = try WebhookCase.read("10-webhook-signature")
        let new = try secret(input.member("secret").text())
        let old = try secret(input.member("old_secret").text())
        let identifier = try input.member("webhook-id").text()
        let body = Array(try input.member("body").text().utf8)
        let message = try WebhookMessage(identifier: identifier, body: body)
        let timestamp = try input.member("webhook-timestamp").integer()
        let alone = message.headers(at: Int64(timestamp), [new])
        #expect(try alone[2].value == expected.member("webhook-signature").text())
        let both = message.headers(at: Int64(timestamp), [new, old])
        #expect(try both[2].value == expected.member("during_rotation").text())
        #expect(both.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(both[0].value == identifier && both[1].value == "\(timestamp)")
        for known in [[new], [old], [old, new]] {
            try WebhookVerifier(known).verify(
                identifier: identifier,
                timestamp: both[1].value,
                signature: both[2].value,
                body: body,
                nowSeconds: Int64(timestamp) + 299
            )
        }
    }

    private func fault(
        identifier: String? = nil,
        timestamp: String? = nil,
        signature: String? = nil,
        body: [UInt8]? = nil,
        after late: Int64 = 0
    ) throws -> WebhookFault? {
        let secret = try secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let message = try WebhookMessage(identifier: self.identifier, body: self.body)
        let headers = message.headers(at: seconds, [secret])
        do throws(WebhookFault) {
            try WebhookVerifier([secret]).verify(
                identifier: identifier ?? headers[0].value,
                timestamp: timestamp ?? headers[1].value,
                signature: signature ?? headers[2].value,
                body: body ?? self.body,
                nowSeconds: seconds.addingReportingOverflow(late).partialValue
            )
        } catch {
            #expect(error.description.hasSuffix("."))
            return error
        }
        return nil
    }

    @Test func whatIsChangedIsRefused() throws {
        #expect(try fault() == nil)
        let tolerance = Int64(WebhookLimits.toleranceSeconds)
        #expect(tolerance == 300)
        #expect(try fault(after: tolerance) == nil && fault(after: -tolerance) == nil)
        #expect(try fault(after: 301) == .outOfTime(seconds: 301))
        #expect(try fault(after: -301) == .outOfTime(seconds: -301))
        #expect(try fault(timestamp: "-1", after: .max) == .timestamp)
        #expect(try fault(timestamp: "9223372036854775807") != nil)
        for bad in ["", "1614265330.0", "+1614265330", "1e9", "99999999999999999999"] {
            #expect(try fault(timestamp: bad) == .timestamp, "\(bad)")
        }
        #expect(try fault(timestamp: "1614265331") == .signature)
        #expect(try fault(body: body + [0x20]) == .signature)
        #expect(try fault(identifier: "msg.1") == .identifier)
        #expect(try fault(identifier: "msg_other") == .signature)
        let right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        #expect(try fault(signature: "v1a,xx \(right)") == nil)
        for bad in ["", "v1,", "v2" + right.dropFirst(2), String(right.dropLast())] {
            #expect(try fault(signature: bad) == .signature, "\(bad)")
        }
        // So many that one could try them out.
        let many = [String](repeating: "v1,AAAA", count: WebhookLimits.signatures)
        #expect(try fault(signature: (many.dropLast() + [right]).joined(separator: " ")) == nil)
        let more = (many + [right]).joined(separator: " ")
        #expect(try fault(signature: more) == .signature)
    }

    @Test func secretsAreOfTheirForm() throws {
        let bytes = Array(UInt8(0)..<65)
        #expect(WebhookLimits.secretBytesLeast == 24 && WebhookLimits.secretBytes == 64)
        for count in [24, 25, 26, 64] {
            let made = try WebhookSecret(random: Array(bytes.prefix(count)))
            #expect(try WebhookSecret(made.text) == made)
            #expect("\(made)" == "whsec_…")
        }
        for count in [0, 23, 65] {
            #expect(throws: ServiceError.self) {
                try WebhookSecret(random: Array(bytes.prefix(count)))
            }
        }
        let good = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        for bad in ["", good, "whsec_", "whsec_\(good)=", "whsec_ \(good)", "WHSEC_\(good)"] {
            do throws(ServiceError) {
                _ = try WebhookSecret(bad)
                Issue.record("\(bad) was taken")
            } catch {
                #expect(
                    error.reason == "WEBHOOK_SECRET_INVALID" && error.detail == .field("secret")
                )
                #expect(!error.message.contains(good))
            }
        }
    }

    @Test func messagesAreRefusedThatCannotBeSigned() throws {
        for bad in ["", "a.b", "a b", "a\n", "é", String(repeating: "a", count: 129)] {
            #expect(throws: ServiceError.self) { try WebhookMessage(identifier: bad, body: []) }
        }
        let longest = String(repeating: "a", count: WebhookLimits.identifierBytes)
        _ = try WebhookMessage(identifier: longest, body: [])
        let most = WebhookLimits.bodyBytes
        _ = try WebhookMessage(identifier: "a", body: [UInt8](repeating: 0, count: most))
        do throws(ServiceError) {
            _ = try WebhookMessage(identifier: "a", body: [UInt8](repeating: 0, count: most + 1))
            Issue.record("a body over its limit was taken")
        } catch {
            #expect(error.metadata["limit"] == "bodyBytes")
        }
    }

    @Test func aSecretIsChangedWithoutALostMessage() throws {
        let secrets = try (0..<10).map { number in
            try WebhookSecret(random: [UInt8](repeating: UInt8(number), count: 24))
        }
        var keys = WebhookKeys(secrets[0])
        try keys.change(to: secrets[1], atSeconds: 1_000, keepSeconds: 60)
        #expect(keys.signing(atSeconds: 1_059) == [secrets[1], secrets[0]])
        #expect(keys.signing(atSeconds: 1_060) == [secrets[1]])
        #expect(WebhookKeys(keys.current, retiring: keys.retiring) == keys)
        try keys.change(to: secrets[2], atSeconds: 1_060, keepSeconds: 0)
        #expect(keys.signing(atSeconds: 1_060) == [secrets[2]])
        for seconds in [-1, Int64(WebhookLimits.rotationSeconds) + 1] {
            #expect(throws: ServiceError.self) {
                try keys.change(to: secrets[3], atSeconds: 1_060, keepSeconds: seconds)
            }
        }
        for secret in secrets { try keys.change(to: secret, atSeconds: .max - 5, keepSeconds: 60) }
        try keys.change(to: secrets[0], atSeconds: 0, keepSeconds: 60)
        #expect(keys.signing(atSeconds: 0).count <= WebhookLimits.signatures)
    }
}
