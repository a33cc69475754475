// SPDX-License-Identifier: Apache-2.0

// The settings by which others are told of events: what may be called, by which relay mail goes,
// and secrets out of files that nobody else can read.

internal import CommandFiles
internal import Deliveries
internal import DeliveryApplication
internal import Digests
internal import Documents
internal import GRPCTransport
internal import MailMessages
internal import NetworkAddresses
internal import ProgramSettings
internal import ServiceErrors
internal import VigieLimits
internal import Webhooks

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension DeliverySettings {
    /// Takes them from the settings of a server, and reads the files.
    init(_ values: SettingValues<SettingKey>) throws(CommandFailure) {
        let networks = values.optional(.deliveryNetworks).flatMap(AddressRange.list) ?? []
        let guarded: DestinationGuard
        do throws(ServiceError) {
            // Without TLS only where the network itself is trusted.
            guarded = try DestinationGuard(
                allowedNetworks: networks,
                allowsPlain: !networks.isEmpty
            )
        } catch { throw CommandFailure(.badConfiguration, error.message) }
        let trustPath = values.optional(.deliveryCA)
        if let trustPath { _ = try Self.secretOrPublic(trustPath, bytesMax: 16 << 20) }
        self.init(
            guarded: guarded,
            key: try values.optional(.deliveryKey).map(Self.key),
            mail: try Self.mail(values, trustPath),
            trustPath: trustPath
        )
    }

    /// The key in a file that nobody else can read.
    static func key(_ path: String) throws(CommandFailure) -> SealingKey {
        let text = try secret(path, .deliveryKey)
        guard let bytes = Base64.plain.bytes(Array(text.utf8)), let key = SealingKey(bytes) else {
            throw CommandFailure(
                .badConfiguration,
                "\(path) is no key: it has \(SealingKey.byteCount) bytes in base 64 on one line, "
                    + "as `openssl rand -base64 \(SealingKey.byteCount)` makes them"
            )
        }
        return key
    }

    private static func mail(
        _ values: SettingValues<SettingKey>,
        _ trustPath: String?
    ) throws(CommandFailure) -> (relay: MailRelay, sender: MailAddress)? {
        guard let text = values.optional(.smtp), var relay = try? MailRelay(text) else {
            return nil
        }
        guard let from = values.optional(.smtpFrom) else {
            throw CommandFailure(
                .badConfiguration,
                "\(SettingKey.smtp.flag) is given without \(SettingKey.smtpFrom.flag): say whose "
                    + "the mail is"
            )
        }
        let sender: MailAddress
        do throws(ServiceError) {
            sender = try MailAddress(from, field: SettingKey.smtpFrom.flag)
        } catch { throw CommandFailure(.badConfiguration, error.message.withoutFullStop) }
        (relay.sender, relay.trustPath) = (sender.text, trustPath)
        let (user, password) = (values.optional(.smtpUser), values.optional(.smtpPassword))
        if let user, let password {
            let secret = try secret(password, .smtpPassword)
            relay.login = MailRelay.Login(user: user, password: secret)
        } else if user != nil || password != nil {
            throw CommandFailure(
                .badConfiguration,
                "\(SettingKey.smtpUser.flag) and \(SettingKey.smtpPassword.flag) belong together; "
                    + "give both or neither"
            )
        }
        return (relay, sender)
    }

    /// The only line of a file that nobody but its owner and his group's members can read.
    private static func secret(
        _ path: String,
        _ setting: SettingKey
    ) throws(CommandFailure) -> String {
        var facts = stat()
        // One that is not there is told where it is read.
        if stat(path, &facts) == 0, facts.st_mode & 0o077 != 0 {
            throw CommandFailure(
                .badConfiguration,
                "\(path) of \(setting.flag) can be read by others: chmod 600 \(path)"
            )
        }
        let bytes = try secretOrPublic(path, bytesMax: DeliveryLimits.secretFileBytesMax)
        let text = String(decoding: bytes, as: UTF8.self)
        let line = text.prefix { $0 != "\n" && $0 != "\r\n" }
        guard !line.isEmpty, text.dropFirst(line.count).allSatisfy(\.isNewline),
            !line.utf8.contains(0)
        else {
            throw CommandFailure(
                .badConfiguration,
                "\(path) of \(setting.flag) is not one line"
            )
        }
        return String(line)
    }

    private static func secretOrPublic(
        _ path: String,
        bytesMax: Int
    ) throws(CommandFailure) -> [UInt8] {
        do throws(CommandFailure) {
            return try SmallFile.bytes(path: path, bytesMax: bytesMax)
        } catch { throw CommandFailure(.badConfiguration, error.message) }
    }
}
