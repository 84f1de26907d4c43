using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "account_leases",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    claim_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_leases", x => x.account_id);
                });

            migrationBuilder.CreateTable(
                name: "canaries",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    @sealed = table.Column<string>(name: "sealed", type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_canaries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "door_counts",
                columns: table => new
                {
                    webhook_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    unauthenticated = table.Column<long>(type: "INTEGER", nullable: false),
                    rate_limited = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_door_counts", x => new { x.webhook_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "fills",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    exchange_trade_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    side = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    price = table.Column<decimal>(type: "TEXT", nullable: false),
                    quantity = table.Column<decimal>(type: "TEXT", nullable: false),
                    cost = table.Column<decimal>(type: "TEXT", nullable: false),
                    fee = table.Column<decimal>(type: "TEXT", nullable: false),
                    fee_asset = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    is_maker = table.Column<bool>(type: "INTEGER", nullable: true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    stored_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    realized_profit = table.Column<decimal>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fills", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "key_ring",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    friendly_name = table.Column<string>(type: "TEXT", nullable: false),
                    xml = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_ring", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "market_snapshots",
                columns: table => new
                {
                    exchange = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    json = table.Column<string>(type: "TEXT", nullable: false),
                    fetched_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_market_snapshots", x => x.exchange);
                });

            migrationBuilder.CreateTable(
                name: "order_transitions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    from = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    to = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_transitions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    webhook_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    origin = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    origin_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    leg = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    generation = table.Column<int>(type: "INTEGER", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    side = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    quantity = table.Column<decimal>(type: "TEXT", nullable: false),
                    price = table.Column<decimal>(type: "TEXT", nullable: true),
                    stop_price = table.Column<decimal>(type: "TEXT", nullable: true),
                    time_in_force = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    reduce_only = table.Column<bool>(type: "INTEGER", nullable: false),
                    reference_price = table.Column<decimal>(type: "TEXT", nullable: true),
                    rounded = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    exchange_order_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    executed = table.Column<decimal>(type: "TEXT", nullable: false),
                    executed_cost = table.Column<decimal>(type: "TEXT", nullable: false),
                    filled = table.Column<decimal>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    submitted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    unknown_since = table.Column<DateTime>(type: "TEXT", nullable: true),
                    absent_since = table.Column<DateTime>(type: "TEXT", nullable: true),
                    absent_count = table.Column<int>(type: "INTEGER", nullable: false),
                    next_look_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    cancel_requested_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    finished_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    settled_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "positions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    @base = table.Column<string>(name: "base", type: "TEXT", maxLength: 32, nullable: false),
                    quote = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    quantity = table.Column<decimal>(type: "TEXT", nullable: false),
                    entry_cost = table.Column<decimal>(type: "TEXT", nullable: false),
                    realized_profit = table.Column<decimal>(type: "TEXT", nullable: false),
                    round_profit = table.Column<decimal>(type: "TEXT", nullable: false),
                    sold_untracked = table.Column<decimal>(type: "TEXT", nullable: false),
                    fees = table.Column<string>(type: "TEXT", nullable: false),
                    opened_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    closed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    last_fill_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    last_trade_id = table.Column<string>(type: "TEXT", nullable: true),
                    protection = table.Column<string>(type: "TEXT", nullable: true),
                    protected_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    close_request_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    close_share = table.Column<decimal>(type: "TEXT", nullable: true),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_positions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "risk_settings",
                columns: table => new
                {
                    scope_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    scope = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    reduce_only_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    max_order_value = table.Column<decimal>(type: "TEXT", nullable: true),
                    max_position_value = table.Column<decimal>(type: "TEXT", nullable: true),
                    max_open_orders = table.Column<int>(type: "INTEGER", nullable: true),
                    max_daily_loss = table.Column<decimal>(type: "TEXT", nullable: true),
                    max_signals_per_minute = table.Column<int>(type: "INTEGER", nullable: true),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_settings", x => x.scope_id);
                });

            migrationBuilder.CreateTable(
                name: "signal_batches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    committed_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_batches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "signals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    webhook_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    received_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    batch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    due_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    dedupe_key = table.Column<string>(type: "TEXT", maxLength: 160, nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    preset = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    symbol = table.Column<string>(type: "TEXT", nullable: true),
                    action = table.Column<string>(type: "TEXT", nullable: true),
                    size = table.Column<string>(type: "TEXT", nullable: true),
                    code = table.Column<string>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: false),
                    source_ip = table.Column<string>(type: "TEXT", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "TEXT", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    exchange = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    mode = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    api_key_sealed = table.Column<string>(type: "TEXT", nullable: true),
                    secret_sealed = table.Column<string>(type: "TEXT", nullable: true),
                    passphrase_sealed = table.Column<string>(type: "TEXT", nullable: true),
                    api_key_hint = table.Column<string>(type: "TEXT", maxLength: 4, nullable: true),
                    key_state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    key_message = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    key_may_trade = table.Column<bool>(type: "INTEGER", nullable: true),
                    key_may_withdraw = table.Column<bool>(type: "INTEGER", nullable: true),
                    key_may_transfer = table.Column<bool>(type: "INTEGER", nullable: true),
                    key_ip_restricted = table.Column<bool>(type: "INTEGER", nullable: true),
                    key_checked_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    key_due_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    paper_balances = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    deleted_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_accounts", x => x.id);
                    table.ForeignKey(
                        name: "fk_exchange_accounts_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    claim_type = table.Column<string>(type: "TEXT", nullable: true),
                    claim_value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_user_claims_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    provider_key = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    provider_display_name = table.Column<string>(type: "TEXT", nullable: true),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_user_logins_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_user_passkeys_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_tokens",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    login_provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_user_tokens_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "paper_ledgers",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    exchange = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    last_order = table.Column<long>(type: "INTEGER", nullable: false),
                    last_trade = table.Column<long>(type: "INTEGER", nullable: false),
                    opened_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paper_ledgers", x => x.account_id);
                    table.ForeignKey(
                        name: "fk_paper_ledgers_exchange_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "exchange_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    token_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    token_sealed = table.Column<string>(type: "TEXT", nullable: false),
                    secret_sealed = table.Column<string>(type: "TEXT", nullable: false),
                    previous_token_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    previous_secret_sealed = table.Column<string>(type: "TEXT", nullable: true),
                    previous_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    sender = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    auth = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    preset = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    map = table.Column<string>(type: "TEXT", nullable: true),
                    rate_permits = table.Column<int>(type: "INTEGER", nullable: true),
                    rate_window_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    max_lag_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    rounding = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    default_symbol = table.Column<string>(type: "TEXT", nullable: true),
                    default_size_mode = table.Column<string>(type: "TEXT", nullable: true),
                    default_size_value = table.Column<decimal>(type: "TEXT", nullable: true),
                    allowed_ips = table.Column<string>(type: "TEXT", nullable: false),
                    execute = table.Column<bool>(type: "INTEGER", nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    deleted_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhooks", x => x.id);
                    table.ForeignKey(
                        name: "fk_webhooks_exchange_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "exchange_accounts",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_webhooks_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "paper_holdings",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    asset = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    free = table.Column<decimal>(type: "TEXT", nullable: false),
                    used = table.Column<decimal>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paper_holdings", x => new { x.account_id, x.asset });
                    table.ForeignKey(
                        name: "fk_paper_holdings_paper_ledgers_account_id",
                        column: x => x.account_id,
                        principalTable: "paper_ledgers",
                        principalColumn: "account_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "paper_orders",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 36, nullable: false),
                    exchange = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    @base = table.Column<string>(name: "base", type: "TEXT", maxLength: 32, nullable: false),
                    quote = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    side = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    time_in_force = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    quantity = table.Column<decimal>(type: "TEXT", nullable: false),
                    price = table.Column<decimal>(type: "TEXT", nullable: true),
                    stop_price = table.Column<decimal>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    executed = table.Column<decimal>(type: "TEXT", nullable: false),
                    executed_cost = table.Column<decimal>(type: "TEXT", nullable: false),
                    locked = table.Column<decimal>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    met_until = table.Column<DateTime>(type: "TEXT", nullable: false),
                    triggered_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paper_orders", x => new { x.account_id, x.number });
                    table.ForeignKey(
                        name: "fk_paper_orders_paper_ledgers_account_id",
                        column: x => x.account_id,
                        principalTable: "paper_ledgers",
                        principalColumn: "account_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "paper_trades",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    order_number = table.Column<long>(type: "INTEGER", nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    side = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    price = table.Column<decimal>(type: "TEXT", nullable: false),
                    quantity = table.Column<decimal>(type: "TEXT", nullable: false),
                    cost = table.Column<decimal>(type: "TEXT", nullable: false),
                    fee = table.Column<decimal>(type: "TEXT", nullable: false),
                    fee_asset = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    is_maker = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paper_trades", x => new { x.account_id, x.number });
                    table.ForeignKey(
                        name: "fk_paper_trades_paper_ledgers_account_id",
                        column: x => x.account_id,
                        principalTable: "paper_ledgers",
                        principalColumn: "account_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_accounts_user_id_normalized_name",
                table: "exchange_accounts",
                columns: new[] { "user_id", "normalized_name" },
                unique: true,
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_fills_account_id_at",
                table: "fills",
                columns: new[] { "account_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_fills_account_id_symbol_exchange_trade_id",
                table: "fills",
                columns: new[] { "account_id", "symbol", "exchange_trade_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_fills_order_id",
                table: "fills",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_fills_user_id_at",
                table: "fills",
                columns: new[] { "user_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_order_transitions_order_id_id",
                table: "order_transitions",
                columns: new[] { "order_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_account_id_client_id",
                table: "orders",
                columns: new[] { "account_id", "client_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_account_id_id",
                table: "orders",
                columns: new[] { "account_id", "id" },
                filter: "settled_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_origin_id_leg_generation",
                table: "orders",
                columns: new[] { "origin_id", "leg", "generation" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_user_id_id",
                table: "orders",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_user_id_settled_at",
                table: "orders",
                columns: new[] { "user_id", "settled_at" },
                filter: "settled_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_paper_ledgers_user_id",
                table: "paper_ledgers",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_paper_orders_account_id_client_id",
                table: "paper_orders",
                columns: new[] { "account_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_paper_orders_account_id_symbol_created_at",
                table: "paper_orders",
                columns: new[] { "account_id", "symbol", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_paper_orders_exchange_symbol",
                table: "paper_orders",
                columns: new[] { "exchange", "symbol" },
                filter: "status = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_paper_trades_account_id_order_number",
                table: "paper_trades",
                columns: new[] { "account_id", "order_number" });

            migrationBuilder.CreateIndex(
                name: "ix_paper_trades_account_id_symbol_at",
                table: "paper_trades",
                columns: new[] { "account_id", "symbol", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_positions_account_id_id",
                table: "positions",
                columns: new[] { "account_id", "id" },
                filter: "protection IS NOT NULL OR close_request_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_positions_account_id_symbol",
                table: "positions",
                columns: new[] { "account_id", "symbol" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_positions_user_id_id",
                table: "positions",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_risk_settings_user_id",
                table: "risk_settings",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_signals_account_id_id",
                table: "signals",
                columns: new[] { "account_id", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signals_user_id_id",
                table: "signals",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_signals_webhook_id_dedupe_key",
                table: "signals",
                columns: new[] { "webhook_id", "dedupe_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_user_claims_user_id",
                table: "user_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_logins_user_id",
                table: "user_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_passkeys_user_id",
                table: "user_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "email_index",
                table: "users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "user_name_index",
                table: "users",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_account_id",
                table: "webhooks",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_previous_token_hash",
                table: "webhooks",
                column: "previous_token_hash");

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_token_hash",
                table: "webhooks",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_user_id_normalized_name",
                table: "webhooks",
                columns: new[] { "user_id", "normalized_name" },
                unique: true,
                filter: "deleted_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_leases");

            migrationBuilder.DropTable(
                name: "canaries");

            migrationBuilder.DropTable(
                name: "door_counts");

            migrationBuilder.DropTable(
                name: "fills");

            migrationBuilder.DropTable(
                name: "key_ring");

            migrationBuilder.DropTable(
                name: "market_snapshots");

            migrationBuilder.DropTable(
                name: "order_transitions");

            migrationBuilder.DropTable(
                name: "orders");

            migrationBuilder.DropTable(
                name: "paper_holdings");

            migrationBuilder.DropTable(
                name: "paper_orders");

            migrationBuilder.DropTable(
                name: "paper_trades");

            migrationBuilder.DropTable(
                name: "positions");

            migrationBuilder.DropTable(
                name: "risk_settings");

            migrationBuilder.DropTable(
                name: "signal_batches");

            migrationBuilder.DropTable(
                name: "signals");

            migrationBuilder.DropTable(
                name: "user_claims");

            migrationBuilder.DropTable(
                name: "user_logins");

            migrationBuilder.DropTable(
                name: "user_passkeys");

            migrationBuilder.DropTable(
                name: "user_tokens");

            migrationBuilder.DropTable(
                name: "webhooks");

            migrationBuilder.DropTable(
                name: "paper_ledgers");

            migrationBuilder.DropTable(
                name: "exchange_accounts");

            migrationBuilder.DropTable(
                name: "users");
        }
    }
}
