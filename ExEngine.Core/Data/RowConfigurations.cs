using ExEngine.Core.Alarms;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Risk;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExEngine.Core.Data;

internal sealed class AppUserConfiguration : IEntityTypeConfiguration<AppUser>
{
    public void Configure(EntityTypeBuilder<AppUser> builder)
    {
        builder.Property(u => u.PasskeyHandle).HasMaxLength(64);
        builder.HasIndex(u => u.PasskeyHandle).IsUnique();
    }
}

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Device).HasMaxLength(UserSession.MaxText);
        builder.Property(s => s.Ip).HasMaxLength(UserSession.MaxText);
        builder.HasOne<AppUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => new { s.UserId, s.Id });
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.TokenHash).HasMaxLength(32);
        builder.Property(i => i.Email).HasMaxLength(256);
        builder.Property(i => i.NormalizedEmail).HasMaxLength(256);
        builder.HasOne<AppUser>().WithMany().HasForeignKey(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(i => i.TokenHash).IsUnique();
    }
}

internal sealed class ExchangeAccountConfiguration : IEntityTypeConfiguration<ExchangeAccount>
{
    public void Configure(EntityTypeBuilder<ExchangeAccount> builder)
    {
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Name).HasMaxLength(64);
        builder.Property(a => a.NormalizedName).HasMaxLength(64);
        builder.Property(a => a.Exchange).HasMaxLength(64);
        builder.Property(a => a.ApiKeyHint).HasMaxLength(4);
        builder.Property(a => a.ExchangeUid).HasMaxLength(128);
        builder.Property(a => a.KeyMessage).HasMaxLength(ExchangeAccount.MaxKeyMessage);
        builder.HasOne<AppUser>().WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(a => new { a.UserId, a.NormalizedName }).IsUnique().HasFilter("deleted_at IS NULL");
    }
}

internal sealed class MarketSnapshotConfiguration : IEntityTypeConfiguration<MarketSnapshot>
{
    public void Configure(EntityTypeBuilder<MarketSnapshot> builder)
    {
        builder.HasKey(s => s.Exchange);
        builder.Property(s => s.Exchange).HasMaxLength(64);
    }
}

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.Property(w => w.Id).ValueGeneratedNever();
        builder.Property(w => w.Name).HasMaxLength(64);
        builder.Property(w => w.NormalizedName).HasMaxLength(64);
        builder.Property(w => w.TokenHash).HasMaxLength(32);
        builder.Property(w => w.PreviousTokenHash).HasMaxLength(32);
        builder.Property(w => w.Preset).HasMaxLength(32);
        builder.Property(w => w.SecretSealed).IsConcurrencyToken();
        builder.HasOne<AppUser>().WithMany().HasForeignKey(w => w.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ExchangeAccount>().WithMany().HasForeignKey(w => w.AccountId).OnDelete(DeleteBehavior.NoAction);
        builder.HasIndex(w => w.TokenHash).IsUnique();
        builder.HasIndex(w => w.PreviousTokenHash);
        builder.HasIndex(w => new { w.UserId, w.NormalizedName }).IsUnique().HasFilter("deleted_at IS NULL");
    }
}

internal sealed class AuthFailureCountConfiguration : IEntityTypeConfiguration<AuthFailureCount>
{
    public void Configure(EntityTypeBuilder<AuthFailureCount> builder)
    {
        builder.HasKey(c => new
        {
            c.WebhookId,
            c.Day,
            c.Failure,
        });
        builder.Property(c => c.LastFrom).HasMaxLength(64);
    }
}

internal sealed class RejectedRequestCountConfiguration : IEntityTypeConfiguration<RejectedRequestCount>
{
    public void Configure(EntityTypeBuilder<RejectedRequestCount> builder) => builder.HasKey(c => new { c.WebhookId, c.Day });
}

internal sealed class SignalConfiguration : IEntityTypeConfiguration<Signal>
{
    public void Configure(EntityTypeBuilder<Signal> builder)
    {
        // No foreign keys: each would cost the hot path a lookup and a shared row lock, and rows outlive their webhook.
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.DedupeKey).HasMaxLength(160);
        builder.Property(s => s.Preset).HasMaxLength(32);
        builder.HasIndex(s => new { s.WebhookId, s.DedupeKey }).IsUnique();
        builder.HasIndex(s => new { s.UserId, s.Id });
        builder.HasIndex(s => new { s.AccountId, s.Id }).HasFilter("due_at IS NOT NULL");
        builder.HasIndex(s => new { s.UserId, s.Id }, "IX_signals_not_traded").HasFilter("status IN ('Refused', 'Stale', 'Failed')");

        // Lists by symbol or outcome sort when they are asked for: an index more would cost every alert.
    }
}

internal sealed class SignalBatchConfiguration : IEntityTypeConfiguration<SignalBatch>
{
    public void Configure(EntityTypeBuilder<SignalBatch> builder) => builder.Property(b => b.Id).ValueGeneratedNever();
}

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Leg).HasMaxLength(32);
        builder.Property(o => o.ClientId).HasMaxLength(32);
        builder.Property(o => o.Symbol).HasMaxLength(64);
        builder.Property(o => o.ExchangeOrderId).HasMaxLength(64);
        builder.Property(o => o.Code).HasMaxLength(64);
        builder.Ignore(o => o.AveragePrice).Ignore(o => o.Remaining).Ignore(o => o.IsBeingReplaced);
        builder.HasIndex(o => new { o.AccountId, o.ClientId }).IsUnique();
        builder
            .HasIndex(o => new
            {
                o.OriginId,
                o.Leg,
                o.Generation,
            })
            .IsUnique();
        builder.HasIndex(o => new { o.UserId, o.Id });
        builder.HasIndex(o => new { o.UserId, o.SettledAt }).HasFilter("settled_at IS NULL");
        builder.HasIndex(nameof(Order.UserId), nameof(Order.Symbol), nameof(Order.Id)).IsDescending(false, false, true);
        builder.HasIndex(nameof(Order.UserId), nameof(Order.Status), nameof(Order.Id)).IsDescending(false, false, true);
        builder.HasIndex(o => new
        {
            o.AccountId,
            o.Symbol,
            o.Id,
        });
        builder.HasIndex(o => new { o.AccountId, o.Id }).HasFilter("settled_at IS NULL");
        builder.HasIndex(o => new { o.AccountId, o.UpdatedAt });
        builder.HasIndex(o => o.UserId).HasFilter("status = 'NeedsOperator' OR code = 'placed_after_all'");
        builder.HasIndex(o => new { o.UserId, o.Id }, "IX_orders_not_sent").HasFilter("status IN ('Denied', 'Rejected')");
    }
}

internal sealed class OrderTransitionConfiguration : IEntityTypeConfiguration<OrderTransition>
{
    public void Configure(EntityTypeBuilder<OrderTransition> builder)
    {
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.HasIndex(t => new { t.OrderId, t.Id });
    }
}

internal sealed class FillConfiguration : IEntityTypeConfiguration<Fill>
{
    public void Configure(EntityTypeBuilder<Fill> builder)
    {
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Symbol).HasMaxLength(64);
        builder.Property(f => f.ExchangeTradeId).HasMaxLength(64);
        builder.Property(f => f.FeeAsset).HasMaxLength(32);
        builder
            .HasIndex(f => new
            {
                f.AccountId,
                f.Symbol,
                f.ExchangeTradeId,
            })
            .IsUnique();
        builder.HasIndex(f => new
        {
            f.AccountId,
            f.Symbol,
            f.OwnerId,
            f.At,
        });
        builder.HasIndex(f => f.OrderId);
        builder.HasIndex(f => new { f.AccountId, f.At });
        builder.HasIndex(f => new { f.AccountId, f.Id });
        builder.HasIndex(f => new { f.UserId, f.At });
        builder.HasIndex(f => new { f.UserId, f.Id });
    }
}

internal sealed class PositionConfiguration : IEntityTypeConfiguration<Position>
{
    public void Configure(EntityTypeBuilder<Position> builder)
    {
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Symbol).HasMaxLength(64);
        builder.Property(p => p.Base).HasMaxLength(32);
        builder.Property(p => p.Quote).HasMaxLength(32);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.Property(p => p.CloseCode).HasMaxLength(64);
        builder
            .HasIndex(p => new
            {
                p.AccountId,
                p.Symbol,
                p.OwnerId,
            })
            .IsUnique();
        builder.HasIndex(p => new { p.UserId, p.Id });
        builder.HasIndex(p => new { p.AccountId, p.Id }).HasFilter("protection IS NOT NULL OR close_request_id IS NOT NULL");
    }
}

internal sealed class AlarmConfiguration : IEntityTypeConfiguration<Alarm>
{
    public void Configure(EntityTypeBuilder<Alarm> builder)
    {
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Subject).HasMaxLength(160);
        builder.Property(a => a.Symbol).HasMaxLength(64);
        builder
            .HasIndex(a => new
            {
                a.UserId,
                a.Kind,
                a.Subject,
            })
            .IsUnique()
            .HasFilter("ended_at IS NULL");
        builder.HasIndex(a => new { a.UserId, a.Id });
    }
}

internal sealed class RiskSettingConfiguration : IEntityTypeConfiguration<RiskSetting>
{
    public void Configure(EntityTypeBuilder<RiskSetting> builder)
    {
        builder.HasKey(r => r.ScopeId);
        builder.Property(r => r.ScopeId).ValueGeneratedNever();
        builder.Property(r => r.Currency).HasMaxLength(RiskSetting.MaxCurrency);
        builder.HasIndex(r => r.UserId);
    }
}

internal sealed class AccountLeaseConfiguration : IEntityTypeConfiguration<AccountLease>
{
    public void Configure(EntityTypeBuilder<AccountLease> builder)
    {
        builder.HasKey(l => l.AccountId);
        builder.Property(l => l.AccountId).ValueGeneratedNever();
        builder.Property(l => l.Holder).HasMaxLength(128);
    }
}

// The table of this product's first key ring, whose rows the package reads as they are.
internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("key_ring");
        builder.Property(k => k.FriendlyName).IsRequired();
        builder.Property(k => k.Xml).IsRequired();
    }
}

internal sealed class CanaryConfiguration : IEntityTypeConfiguration<Canary>
{
    public void Configure(EntityTypeBuilder<Canary> builder) => builder.Property(c => c.Id).ValueGeneratedNever();
}
