using ExEngine.Core.Alarms;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Portfolio.Money;
using ExEngine.Core.Positions;
using ExEngine.Core.Preferences;
using ExEngine.Core.Risk;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Data;

/// <summary>
/// The one database. <see cref="SqliteDb"/> and <see cref="PostgresDb"/> share this model and keep a migration set each.
/// Times are UTC <see cref="DateTime"/>; enums are stored by name; tables and columns are snake_case, so that SQL
/// written by hand reads the same on both.
/// </summary>
public abstract class AppDb(DbContextOptions options) : IdentityUserContext<AppUser, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<UserSession> Sessions => Set<UserSession>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<UserPreferences> Preferences => Set<UserPreferences>();
    public DbSet<ExchangeAccount> ExchangeAccounts => Set<ExchangeAccount>();
    public DbSet<MarketSnapshot> MarketSnapshots => Set<MarketSnapshot>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<AuthFailureCount> AuthFailureCounts => Set<AuthFailureCount>();
    public DbSet<RejectedRequestCount> RejectedRequestCounts => Set<RejectedRequestCount>();
    public DbSet<Signal> Signals => Set<Signal>();
    public DbSet<SignalBatch> SignalBatches => Set<SignalBatch>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderTransition> OrderTransitions => Set<OrderTransition>();
    public DbSet<Fill> Fills => Set<Fill>();
    public DbSet<Position> Positions => Set<Position>();
    public DbSet<Bot> Bots => Set<Bot>();
    public DbSet<BotRequest> BotRequests => Set<BotRequest>();
    public DbSet<BotDeal> BotDeals => Set<BotDeal>();
    public DbSet<BotJournalEntry> BotJournal => Set<BotJournalEntry>();
    public DbSet<EquitySnapshot> EquitySnapshots => Set<EquitySnapshot>();
    public DbSet<AccountFlow> AccountFlows => Set<AccountFlow>();
    public DbSet<RiskSetting> RiskSettings => Set<RiskSetting>();
    public DbSet<Alarm> Alarms => Set<Alarm>();
    public DbSet<AccountLease> AccountLeases => Set<AccountLease>();
    public DbSet<PaperLedger> PaperLedgers => Set<PaperLedger>();
    public DbSet<PaperHolding> PaperHoldings => Set<PaperHolding>();
    public DbSet<PaperOrder> PaperOrders => Set<PaperOrder>();
    public DbSet<PaperTrade> PaperTrades => Set<PaperTrade>();
    public DbSet<BacktestJob> BacktestJobs => Set<BacktestJob>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<Canary> Canaries => Set<Canary>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<SessionKind>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<NumberFormat>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<PriceColours>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<AccountMode>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<KeyState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<WebhookSender>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<AuthFailure>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<WebhookAuthMode>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<Rounding>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<SignalStatus>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<OrderStatus>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<OrderOrigin>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<OrderSide>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<OrderType>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<TimeInForce>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<ExchangeOrderStatus>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<OwnerKind>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<BotKind>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<BotStatus>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<DealStatus>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<BotNote>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<Effect>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<FillKind>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<TimeMeaning>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<AlarmKind>().HaveConversion<string>().HaveMaxLength(24);
        configurationBuilder.Properties<EquityGrain>().HaveConversion<string>().HaveMaxLength(8);
        configurationBuilder.Properties<RiskScope>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<TradingState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<JobKind>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<JobState>().HaveConversion<string>().HaveMaxLength(16);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDb).Assembly);
        SnakeCase.Apply(builder.Model);
    }
}
