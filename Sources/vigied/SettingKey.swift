// SPDX-License-Identifier: Apache-2.0

// All settings of the daemon, each declared once.
// tidy: length: one list, from which flags, variables, keys, help and pages are made.

internal import Databases
internal import Deliveries
internal import FoundationEssentials
internal import GRPCTransport
internal import Logging
internal import NetworkAddresses
package import ProgramSettings
internal import Rescoring
internal import TelemetryExport
internal import VigieLimits
internal import VigieService

/// Names of settings, as in the file of settings.
package enum SettingKey: String, SettingName {
    /// Addresses to listen on.
    case listen
    /// Who may connect to sockets that are files.
    case socketMode = "socket_mode"
    /// Where proxies are.
    case proxies
    /// Whether they say first for whom they come.
    case proxyProtocol = "proxy_protocol"
    /// Connections of one address.
    case connectionsPerAddress = "connections_per_address"
    /// PEM file with the server's certificate and its chain.
    case tlsCertificate = "tls_cert"
    /// PEM file with the private key.
    case tlsKey = "tls_key"
    /// PEM file with the CAs whose clients are let in.
    case tlsClientCA = "tls_client_ca"
    /// Whether clients must show a certificate.
    case tlsClientAuthentication = "tls_client_auth"
    /// Directory of further certificates.
    case tlsCertificateDirectory = "tls_cert_dir"
    /// Least version of TLS.
    case tlsMinimumVersion = "tls_min_version"
    /// Whether to start with a certificate that has expired.
    case allowExpiredCertificate = "allow_expired_certificate"
    /// File of tokens.
    case tokens
    /// File of roles and identities.
    case access
    /// File of keys whose claims count.
    case jwtKeys = "jwt_keys"
    /// Who must have issued claims.
    case jwtIssuer = "jwt_issuer"
    /// For whom claims must be.
    case jwtAudience = "jwt_audience"
    /// The claim with the roles.
    case jwtRolesClaim = "jwt_roles_claim"
    /// Whether callers are let in who show nothing.
    case allowAnonymous = "allow_anonymous"
    /// Time between two looks at files that may have changed, in seconds.
    case reloadInterval = "reload_interval"
    /// Directory of model bundles.
    case models
    /// Name of the model of calls that name none.
    case defaultModel = "default_model"
    /// Directory of policies.
    case policies
    /// What is told all of them.
    case policyFacts = "policy_facts"
    /// Where portfolios are kept.
    case store
    /// Where a store is saved before a new release changes its tables.
    case storeBackups = "store_backups"
    /// When portfolios are scored each day.
    case rescoreAt = "rescore_at"
    /// By which model.
    case rescoreModel = "rescore_model"
    /// Folder of papers that are read.
    case inbox
    /// Portfolio whose companies count in them.
    case inboxPortfolio = "inbox_portfolio"
    /// What secrets of endpoints are kept with.
    case deliveryKey = "delivery_key"
    /// Networks that webhooks may go to beside the internet.
    case deliveryNetworks = "delivery_networks"
    /// PEM file with the CAs of receivers and of the relay.
    case deliveryCA = "delivery_ca"
    /// The relay of mail.
    case smtp
    /// Whose the mail is.
    case smtpFrom = "smtp_from"
    /// Who logs in at the relay.
    case smtpUser = "smtp_user"
    /// File of his password.
    case smtpPassword = "smtp_password"
    /// Whether papers of companies are read for callers.
    case readPapers = "read_papers"
    /// Whether answers are compressed for all clients that take it.
    case compressAnswers = "compress_answers"
    /// Whether methods can be called in plain HTTP, too.
    case web
    /// Networks of proxies that say who asks.
    case webProxies = "web_proxies"
    /// The header in which they say it.
    case webIdentityHeader = "web_identity_header"
    /// Whether clients may ask what services there are.
    case reflection
    /// Number of event loops, and of threads that score large blocks.
    case threads
    /// Time between NOT_SERVING and the stop, in seconds.
    case drainDelay = "drain_delay"
    /// Time for calls to finish when the daemon stops, in seconds.
    case drainTimeout = "drain_timeout"
    /// Address and port of the page of metrics.
    case metricsListen = "metrics_listen"
    /// File of a line for each call.
    case accessLog = "access_log"
    /// Collector of telemetry.
    case otlpEndpoint = "otlp_endpoint"
    /// PEM file with the CAs of the collector.
    case otlpCA = "otlp_ca"
    /// File of further metadata for the collector.
    case otlpHeaders = "otlp_headers"
    /// Time between two pushes of metrics, in seconds.
    case otlpInterval = "otlp_interval"
    /// Least level that is logged.
    case logLevel = "log_level"
    /// Form of log lines.
    case logFormat = "log_format"

    /// The program.
    package static var program: String { "vigied" }

    /// What each setting is.
    package var setting: Setting {
        switch self {
        case .listen:
            Setting(
                .list("host:port", problem: DaemonAddresses.calls.problem),
                .value("127.0.0.1:7443"),
                "Address and port to listen on, or unix: and a path; port 0 picks a free one, and "
                    + "a name stands for all its addresses. Can be given more than once."
            )
        case .socketMode:
            Setting(
                .text(
                    "mode",
                    form: "a mode of a file in octal digits, such as 0660",
                    accepts: { UInt32($0, radix: 8).map { $0 <= 0o777 } ?? false }
                ),
                .none(shown: "what the umask leaves"),
                "Who may connect to a unix: address, as the mode of its file, such as 0660."
            )
        case .proxies:
            Setting(
                .list("addresses", problem: DaemonAddresses.problem(ofProxies:)),
                .none(shown: "none"),
                "Addresses and networks of proxies, whose connections are not those of one client."
            )
        case .proxyProtocol:
            Setting(
                .word(["off", "v2"]),
                .value("off"),
                "Whether those proxies, and only they, begin each connection with the PROXY "
                    + "protocol, version 2 (off, v2)."
            )
        case .connectionsPerAddress:
            Setting(
                .wholeNumber(1...TransportLimits().connectionsMax, of: "count"),
                .value("\(TransportLimits().addressConnectionsMax)"),
                "Connections of one address, or of one IPv6 network of 64 bits; not of proxies."
            )
        case .tlsCertificate:
            Setting(
                .file,
                .required(Self.noPlainText + "its certificate"),
                "PEM file of the server's certificate, with its chain."
            )
        case .tlsKey:
            Setting(
                .file,
                .required(Self.noPlainText + "the certificate's private key"),
                "PEM file of the certificate's private key."
            )
        case .tlsClientCA:
            Setting(
                .file,
                .none(shown: "none"),
                "PEM file of CAs; only clients with a certificate of one of them are let in."
            )
        case .tlsClientAuthentication:
            Setting(
                .word(["required", "optional"]),
                .value("required"),
                "Whether clients must show a certificate, where tls_client_ca is given."
            )
        case .tlsCertificateDirectory:
            Setting(
                .directory,
                .none(shown: "none"),
                "Directory of certificates for other names (SNI): NAME.pem, with NAME.key beside."
            )
        case .tlsMinimumVersion:
            Setting(.word(["1.2", "1.3"]), .value("1.2"), "Least version of TLS that is spoken.")
        case .allowExpiredCertificate:
            Setting(
                .switch,
                .value("false"),
                "Start although the server's certificate has expired; for tests."
            )
        case .tokens:
            Setting(
                .file,
                .none(shown: "none"),
                "File of bearer tokens, which `vigied token` makes."
            )
        case .access:
            Setting(
                .file,
                .none(shown: "none"),
                "JSON file of roles, and of who has them and may take how much."
            )
        case .jwtKeys:
            Setting(
                .file,
                .none(shown: "none"),
                "Key set (JWKS) of whoever signs JWTs that are let in as bearer tokens."
            )
        case .jwtIssuer:
            Setting(.text("issuer"), .none(shown: "none"), "What a JWT must have as iss.")
        case .jwtAudience:
            Setting(.text("audience"), .none(shown: "none"), "What a JWT must have as aud.")
        case .jwtRolesClaim:
            Setting(.text("claim"), .value("roles"), "The claim of a JWT that has the roles.")
        case .allowAnonymous:
            Setting(
                .switch,
                .value("false"),
                "Let in callers who show nothing; on loopback they are, unless others must show."
            )
        case .reloadInterval:
            Setting(
                .wholeNumber(0...ProcessLimits.reloadIntervalSecondsMax, of: "seconds"),
                .value("60"),
                "Seconds between looks whether files of certificates and access have changed; "
                    + "0 looks on SIGHUP only."
            )
        case .models:
            Setting(
                .directory,
                .none(shown: "the models of the product"),
                "Directory of one model bundle, or of several in subdirectories."
            )
        case .defaultModel:
            Setting(
                .text("name[@version]"),
                .none(shown: "the first"),
                "Model of calls that name none."
            )
        case .policies:
            Setting(
                .directory,
                .none(shown: "none"),
                "Directory of policies, each version of each in a subdirectory."
            )
        case .policyFacts:
            Setting(
                .file,
                .none(shown: "none"),
                "JSON file of what policies are told of whoever asks, such as own_turnover, about "
                    + "companies of portfolios."
            )
        case .store:
            Setting(
                .text("file or URI", problem: DatabaseAddress.problem),
                .none(shown: "none"),
                "Where portfolios are kept: a file of SQLite, which is made when there is none, or "
                    + "postgresql://host/database, with its password in PGPASSWORD or PGPASSFILE."
            )
        case .storeBackups:
            Setting(
                .directory,
                .none(shown: "beside the file of the store"),
                "Directory for backups of the store, taken before a release changes its tables."
            )
        case .rescoreAt:
            Setting(
                .text(
                    "HH:MM",
                    form: "a time of day in UTC, such as 03:30, or off",
                    accepts: { $0 == "off" || DailyTime($0) != nil }
                ),
                .value("off"),
                "Time of day in UTC from which on all portfolios are scored once a day, or off; "
                    + "companies of which something arrives are scored in any case."
            )
        case .rescoreModel:
            Setting(
                .text("name[@version]"),
                .none(shown: "that of calls that name none"),
                "Model by which portfolios are scored."
            )
        case .inbox:
            Setting(
                .directory,
                .none(shown: "none"),
                "Directory in which papers are dropped: each is read once, kept and moved."
            )
        case .inboxPortfolio:
            Setting(
                .text("name"),
                .none(shown: "none"),
                "Portfolio of whose companies is kept what papers of the inbox say."
            )
        case .deliveryKey:
            Setting(
                .file,
                .none(shown: "none"),
                "File of the key that secrets of webhooks are kept with: 32 bytes in base 64, for "
                    + "nobody else to read."
            )
        case .deliveryNetworks:
            Setting(
                .list("addresses", problem: DaemonAddresses.problem(ofProxies:)),
                .none(shown: "none"),
                "Private networks that webhooks may go to, also without TLS, such as 10.1.0.0/16."
            )
        case .deliveryCA:
            Setting(
                .file,
                .none(shown: "those of the system"),
                "PEM file with the CAs that certificates of webhooks' receivers and of the relay "
                    + "are to be from."
            )
        case .smtp:
            Setting(
                .text("url", problem: MailRelay.problem),
                .none(shown: "none"),
                "Relay that mail is handed to: smtp://host:587 with STARTTLS, or smtps://host:465."
            )
        case .smtpFrom:
            Setting(.text("address"), .none(shown: "none"), "Address that mail comes from.")
        case .smtpUser:
            Setting(.text("name"), .none(shown: "none"), "Who logs in at the relay.")
        case .smtpPassword:
            Setting(
                .file,
                .none(shown: "none"),
                "File of his password, on one line, for nobody else to read."
            )
        case .readPapers:
            Setting(
                .switch,
                .value("false"),
                "Read papers of companies for callers (ReadPapers), of 64 MiB a call."
            )
        case .compressAnswers:
            Setting(
                .switch,
                .value("false"),
                "Compress answers with gzip for all clients that take it; without this, for calls "
                    + "that come compressed."
            )
        case .web:
            Setting(
                .word(["on", "off"]),
                .value("off"),
                "Plain HTTP beside gRPC, on the same addresses: methods as JSON (on, off)."
            )
        case .webProxies:
            Setting(
                .list("addresses", problem: DaemonAddresses.problem(ofProxies:)),
                .none(shown: "none"),
                "Addresses and networks of proxies that are believed on who asks in plain HTTP."
            )
        case .webIdentityHeader:
            Setting(
                .text(
                    "name",
                    form: "a name of a header, such as X-Remote-User",
                    accepts: ProxySignIn.isName
                ),
                .none(shown: "none"),
                "Header in which those proxies, and only they, name an identity of the access file."
            )
        case .reflection:
            Setting(
                .word(["on", "off"]),
                .value("on"),
                "Server reflection: tells clients of the services and their messages (on, off)."
            )
        case .threads:
            Setting(
                .wholeNumber(1...ProcessLimits.threadsMax, of: "count"),
                .value("\(Self.defaultThreads)", shown: "one for each processor"),
                "Event loops, and as many threads for large blocks."
            )
        case .drainDelay:
            Setting(
                .wholeNumber(0...ProcessLimits.drainDelaySecondsMax, of: "seconds"),
                .value("0"),
                "Seconds between NOT_SERVING and the stop, for balancers to notice: calls are "
                    + "still taken."
            )
        case .drainTimeout:
            Setting(
                .wholeNumber(0...ProcessLimits.drainTimeoutSecondsMax, of: "seconds"),
                .value("30"),
                "Seconds for calls to finish when the server stops."
            )
        case .metricsListen:
            Setting(
                .text("host:port", problem: DaemonAddresses.metrics.problem),
                .none(shown: "none"),
                "Address and port for metrics, without TLS: 127.0.0.1:9464 keeps them here."
            )
        case .accessLog:
            Setting(
                .file,
                .none(shown: "none"),
                "File of a JSON line for each call, opened again on SIGHUP; - is standard output."
            )
        case .otlpEndpoint:
            Setting(
                .text("url", problem: ExportEndpoint.problem),
                .none(shown: "none"),
                "Collector that takes metrics, and spans of calls that say so, by OTLP over gRPC."
            )
        case .otlpCA:
            Setting(
                .file,
                .none(shown: "those of the system"),
                "PEM file with the CAs that the collector's certificate is to be from."
            )
        case .otlpHeaders:
            Setting(
                .file,
                .none(shown: "none"),
                "File of metadata for the collector, a line \"name: value\" each, such as its key."
            )
        case .otlpInterval:
            Setting(
                .wholeNumber(1...TelemetryLimits.intervalSecondsMax, of: "seconds"),
                .value("60"),
                "Seconds between two pushes of metrics."
            )
        case .logLevel:
            Setting(
                .word(Logger.Level.allCases.map(\.rawValue)),
                .value("info"),
                "Least level of log lines: "
                    + "\(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        case .logFormat:
            Setting(
                .word(LogFormat.allCases.map(\.rawValue)),
                .value("text"),
                "Form of log lines; json writes one object a line."
            )
        }
    }

    private static let noPlainText = "vigied serves only over TLS and needs the PEM file of "
}

extension SettingKey {
    /// As many as there are processors, within what is allowed.
    private static var defaultThreads: Int {
        min(max(1, ProcessInfo.processInfo.activeProcessorCount), ProcessLimits.threadsMax)
    }
}
