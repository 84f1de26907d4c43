using ExEngine.Core.Exchanges;
using ExEngine.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExEngine.Core.Data;

internal sealed class ExchangeAccountConfiguration : IEntityTypeConfiguration<ExchangeAccount>
{
    public void Configure(EntityTypeBuilder<ExchangeAccount> builder)
    {
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Name).HasMaxLength(64);
        builder.Property(a => a.NormalizedName).HasMaxLength(64);
        builder.Property(a => a.Exchange).HasMaxLength(64);
        builder.Property(a => a.ApiKeyHint).HasMaxLength(4);
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

internal sealed class DoorCountConfiguration : IEntityTypeConfiguration<DoorCount>
{
    public void Configure(EntityTypeBuilder<DoorCount> builder) => builder.HasKey(c => new { c.WebhookId, c.Day });
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
    }
}

internal sealed class SignalBatchConfiguration : IEntityTypeConfiguration<SignalBatch>
{
    public void Configure(EntityTypeBuilder<SignalBatch> builder) => builder.Property(b => b.Id).ValueGeneratedNever();
}

internal sealed class CanaryConfiguration : IEntityTypeConfiguration<Canary>
{
    public void Configure(EntityTypeBuilder<Canary> builder) => builder.Property(c => c.Id).ValueGeneratedNever();
}
