// SPDX-License-Identifier: Apache-2.0

// Settings that do nothing unless others are such: whoever gives them is told, for most likely he
// thinks that they do something.

internal import NetworkAddresses
internal import ProgramSettings

/// What a setting needs.
struct SettingNeed: Sendable {
    /// Values, and the addresses of the settings; nil where the service manager passes sockets.
    typealias Facts = (values: SettingValues<SettingKey>, listen: [NetworkAddress]?)

    private let setting: SettingKey
    /// In words.
    private let need: String
    private let isMet: @Sendable (Facts) -> Bool

    /// All there are, beside what is refused.
    private static let all: [SettingNeed] = [
        other(.otlpEndpoint, for: .otlpCA), other(.otlpEndpoint, for: .otlpHeaders),
        other(.otlpEndpoint, for: .otlpInterval),
        other(.tlsClientCA, for: .tlsClientAuthentication),
        other(.jwtKeys, for: .jwtRolesClaim), other(.store, for: .storeBackups),
        other(.store, for: .rescoreAt), other(.store, for: .rescoreModel),
        other(.policies, for: .policyFacts), other(.inbox, for: .inboxPortfolio),
        word("on", of: .web, for: .webProxies),
        other(.store, for: .deliveryKey), other(.deliveryKey, for: .deliveryNetworks),
        other(.store, for: .smtp), other(.smtp, for: .smtpFrom), other(.smtp, for: .smtpUser),
        address("a unix: address", for: .socketMode) { $0.path != nil },
        address("a host and port", for: .proxies) { $0.path == nil },
        address("a host and port", for: .connectionsPerAddress) { $0.path == nil },
    ]

    private static func other(_ other: SettingKey, for setting: SettingKey) -> SettingNeed {
        SettingNeed(setting: setting, need: other.flag) { $0.values.optional(other) != nil }
    }

    private static func word(
        _ word: String,
        of other: SettingKey,
        for setting: SettingKey
    ) -> SettingNeed {
        SettingNeed(setting: setting, need: "\(other.flag) \(word)") {
            $0.values.text(other) == word
        }
    }

    private static func address(
        _ kind: String,
        for setting: SettingKey,
        _ isOfKind: @escaping @Sendable (NetworkAddress) -> Bool
    ) -> SettingNeed {
        SettingNeed(setting: setting, need: "\(kind) in \(SettingKey.listen.flag)") {
            $0.listen?.contains(where: isOfKind) ?? true
        }
    }

    /// What is given and does nothing, each with what it needs.
    static func unmet(_ facts: Facts) -> [String] {
        all.filter { facts.values.isChanged($0.setting) && !$0.isMet(facts) }
            .map { "\($0.setting.flag) does nothing without \($0.need)" }
    }
}
